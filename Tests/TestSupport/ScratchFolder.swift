import Foundation

/// A new empty folder that is removed with the value.
package final class ScratchFolder: Sendable {
    package let path: String

    package init() throws {
        path = NSTemporaryDirectory() + "margin-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file or folder in it.
    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// The bytes of a file in it.
    package func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(of: name))))
    }

    /// Writes a file into it and returns the file's path.
    @discardableResult package func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: path(of: name), atomically: false, encoding: .utf8)
        return path(of: name)
    }

    /// What stands in a folder of it, sorted.
    package func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(of: folder))) ?? []).sorted()
    }
}

/// Runs `body` with the path of a folder of its own that is removed afterwards.
package func withScratchFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = try ScratchFolder()
    defer { withExtendedLifetime(folder) {} }
    return try await body(folder.path)
}

/// Writes a copy of a text file with the first occurrence of a text replaced, and returns the copy's path.
@discardableResult
package func edited(_ file: String, _ old: String, _ new: String, to copy: String) throws -> String {
    var text = try String(contentsOfFile: file, encoding: .utf8)
    guard let range = text.range(of: old) else { throw CocoaError(.fileReadCorruptFile) }
    text.replaceSubrange(range, with: new)
    try text.write(toFile: copy, atomically: true, encoding: .utf8)
    return copy
}
