import Foundation
import TestSupport
import Testing

/// Reads messages with python-iso20022, as jobs/setup-readers.sh installs it, and holds them to its metadata.
enum MessageCheck {
    private static let readers = Checkout.root + "/.cluster/readers"
    static let isInstalled: Bool = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: readers + "/lib")) ?? []
        return versions.contains {
            FileManager.default.fileExists(atPath: "\(readers)/lib/\($0)/site-packages/python_iso20022")
        }
    }()

    /// What is wrong with a message, a line a fault; and its values by path, as `secl.005.001.02/MrgnRpt/Pgntn/PgNb`.
    static func read(_ file: String, in installation: Installation) throws -> (
        faults: [String], values: [String: String]
    ) {
        let script = Checkout.root + "/Tests/EndToEndTests/Messages/message.py"
        let ended = try installation.start(readers + "/bin/python", ["-I", script, file]).wait()
        let faults = ended.errors.split(separator: "\n").map(String.init)
        #expect(ended.code == (faults.isEmpty ? 0 : 1), "\(ended.errors)")
        let pairs = ended.output.split(separator: "\n").map {
            $0.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        }
        // Of an element that stands there twice and may not, the first.
        return (faults, Dictionary(pairs.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// The stressed two-day house with identifications of its own, made up but for their check digits.
extension EditedHouse {
    static let lei = "000000TESTHOUSE00056"
    static let alphaLEI = "000000TESTALPHA00087"

    func addIdentifications() throws {
        try addStress()
        try write("house", "effective_from,base_currency,lei\n2018-01-01,USD,\(Self.lei)\n")
        let members = try text("clearing_member").split(separator: "\n").map { line in
            line.hasPrefix("member,") ? line + ",lei" : line + (line.hasPrefix("ALPHA,") ? ",\(Self.alphaLEI)" : ",")
        }
        try write("clearing_member", members.joined(separator: "\n") + "\n")
    }
}
