/// A folder is a subject: one of more files hides two.
enum FolderRules {
    static let filesAFolder = 24
    /// Where the rule holds, in every folder at any depth.
    static let roots = ["Sources", "Tests", "sql"]

    /// The folders below the roots that hold more files than a subject has, with how many; sorted.
    static func crowded(_ files: [TextFile]) -> [String] {
        let folders = Dictionary(grouping: files.filter { file in roots.contains { file.isBelow($0) } }) {
            $0.path.split(separator: "/").dropLast().joined(separator: "/")
        }
        return folders.filter { $0.value.count > filesAFolder }.map { "\($0.key): \($0.value.count) files" }.sorted()
    }
}
