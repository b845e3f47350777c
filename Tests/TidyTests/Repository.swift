import Foundation
import TestSupport

/// A text file of the repository.
struct TextFile: Sendable {
    /// Below the repository's root, such as `Sources/margin/Margin.swift`.
    let path: String
    let text: String
    /// The file taken apart, if it is Swift.
    let swift: SwiftText

    init(path: String, text: String) {
        self.path = path
        self.text = text
        swift = SwiftText(path.hasSuffix(".swift") ? text : "")
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    func isBelow(_ folders: String...) -> Bool { folders.contains { path.hasPrefix($0 + "/") } }
}

/// The files under version control, found on disk: everything but what .gitignore leaves out.
enum Repository {
    static let root = URL(filePath: Checkout.root)

    /// Every file that is text, sorted by path.
    static let files: [TextFile] = {
        let ignored = ignoredNames()
        var files: [TextFile] = []
        collect(root, below: "", leavingOut: ignored, into: &files)
        return files.sorted { $0.path < $1.path }
    }()

    static let swiftFiles = files.filter { $0.path.hasSuffix(".swift") }
    static let sources = swiftFiles.filter { $0.isBelow("Sources") }
    static let queries = files.filter { $0.isBelow("sql/queries") && $0.path.hasSuffix(".sql") }
    static let schema = files.filter { $0.isBelow("sql/schema") && $0.path.hasSuffix(".sql") }
    static let functions = files.filter { $0.isBelow("sql/functions") && $0.path.hasSuffix(".sql") }
    static let documents = files.filter { $0.path.hasSuffix(".md") }

    /// The text of one file; empty if there is none, which the rule that needs it then reports.
    static func text(_ path: String) -> String { files.first { $0.path == path }?.text ?? "" }

    /// Names of the folders directly below one folder, sorted.
    static func folders(in folder: String) -> [String] {
        let depth = folder.split(separator: "/").count
        let names = files.filter { $0.isBelow(folder) }.compactMap { file -> String? in
            let parts = file.path.split(separator: "/")
            return parts.count > depth + 1 ? String(parts[depth]) : nil
        }
        return Set(names).sorted()
    }

    private static func collect(
        _ folder: URL, below path: String, leavingOut ignored: [String], into files: inout [TextFile]
    ) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where !ignored.contains(where: { matches(name, $0) }) {
            let url = folder.appending(path: name)
            let kind = try? FileManager.default.attributesOfItem(atPath: url.path)[.type] as? FileAttributeType
            if kind == .typeDirectory {
                collect(url, below: path + name + "/", leavingOut: ignored, into: &files)
            } else if kind == .typeRegular, let text = try? String(contentsOf: url, encoding: .utf8) {
                files.append(TextFile(path: path + name, text: text))
            }
        }
    }

    private static func ignoredNames() -> [String] {
        let text = (try? String(contentsOf: root.appending(path: ".gitignore"), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) } + [".git"]
    }

    /// Whether a name is what a pattern with at most one `*` says.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 1
            ? name == pattern
            : name.count >= pattern.count - 1 && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
    }
}
