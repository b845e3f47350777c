extension Failure {
    /// The known word that a mistyped one is nearest to: at most a third of its letters, and two at least, are changed,
    /// left out, put in or swapped with their neighbour. Nil where none is near.
    package static func nearest(to word: String, among known: [String]) -> String? {
        let letters = Array(word.lowercased())
        let limit = max(2, letters.count / 3)
        return known.map { (word: $0, distance: distance(letters, Array($0.lowercased()))) }
            .filter { $0.distance <= limit && $0.distance < letters.count }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?.word
    }

    /// Letters changed, left out, put in or swapped with their neighbour. Cost: the product of the lengths.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for (row, letter) in left.enumerated() {
            var next = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(
                    rows[row][column] + (letter == other ? 0 : 1), rows[row][column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, rows[row - 1][column - 1] + 1)
                }
                next.append(best)
            }
            rows.append(next)
        }
        return rows[left.count][right.count]
    }
}
