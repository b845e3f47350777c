import Foundation

/// The checkout that is tested, and the programs that were built of it.
package enum Checkout {
    /// The repository's root, without a slash at its end.
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// The case folders.
    package static let fixtures = root + "/fixtures"

    /// Prices of crude oil, some of which the demo house is generated from.
    package static let history = fixtures + "/history/wti-daily.csv"

    /// The folder of the programs built with these tests.
    package static let products: String = {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return link.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path } ?? ""
    }()

    /// Whether expectations that a test generates are written anew: `make bless` sets BLESS.
    package static var isBlessing: Bool { ProcessInfo.processInfo.environment["BLESS"]?.isEmpty == false }

    /// The text of a file below the root.
    package static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }
}
