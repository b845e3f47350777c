import Foundation

/// Programs of others that tests run: on the path, where jobs/setup-readers.sh installs some, or where
/// jobs/setup-test-tools.sh has unpacked them.
package enum TestTools {
    private static let folder = Checkout.root + "/.cluster/tools/usr"

    /// The path of a program; nil if it is nowhere.
    package static func path(_ name: String) -> String? {
        let folders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", folder + "/bin", folder + "/sbin"]
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// The folder of the libraries that were unpacked with them; nil if there is none.
    package static var libraries: String? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/lib")) ?? []
        return names.first { $0.hasSuffix("-linux-gnu") }.map { "\(folder)/lib/\($0)" }
    }
}
