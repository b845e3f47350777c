import ArgumentParser

/// `key=value … set column=value …`: which rows, and what they should say.
struct CellArguments {
    let key: [(column: String, value: String)]
    let set: [(column: String, value: String)]

    init(_ words: [String]) throws {
        let parts = words.split(separator: "set", maxSplits: 1, omittingEmptySubsequences: false)
        func cells(_ words: some Sequence<String>) throws -> [(column: String, value: String)] {
            try words.map { word in
                guard let sign = word.firstIndex(of: "="), sign > word.startIndex else {
                    throw ValidationError("“\(word)” is not column=value")
                }
                return (String(word[..<sign]), String(word[word.index(after: sign)...]))
            }
        }
        key = try cells(parts.first ?? [])
        set = parts.count > 1 ? try cells(parts[1]) : []
        let columns = (key + set).map(\.column)
        guard Set(columns).count == columns.count else { throw ValidationError("a column is named twice") }
    }
}
