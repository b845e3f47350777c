import Postgres

/// One statement of sql/queries, carried in the binary with what its header says. Each has a static property named
/// after its file.
struct Query: Sendable {
    /// The file's name without its ending.
    let name: String
    /// Tables and views of schema margin whose rows decide about the statement's, those behind functions and temporary
    /// tables among them.
    let reads: [String]
    /// Temporary tables that the session must have made before.
    let needs: [String]
    /// Whether it says of each hit, in an eighth column, whether it is essential.
    let marksEssentialHits: Bool
    /// Whether its last parameter is a list of combined commodities to which it is restricted, or null for all.
    let isWithinCombinedCommodities: Bool
    /// Whether its hits may hang on what settlement prices say, and not only on the book, on which prices there are,
    /// and on final ones.
    let hangsOnPriceValues: Bool
    let text: String
}

extension Connection {
    /// Runs a query that returns no rows. Returns the number of rows it touched.
    @discardableResult
    func execute(_ query: Query, _ parameters: [Value] = []) throws(PostgresError) -> Int {
        try execute(query.text, parameters)
    }

    /// Runs a query and returns its rows.
    func rows(_ query: Query, _ parameters: [Value] = []) throws(PostgresError) -> Rows {
        try rows(query.text, parameters)
    }

    /// Runs a query that returns exactly one row.
    func one(_ query: Query, _ parameters: [Value] = []) throws(PostgresError) -> Row {
        try one(query.text, parameters)
    }

    /// Runs a query that returns at most one row.
    func optional(_ query: Query, _ parameters: [Value] = []) throws(PostgresError) -> Row? {
        try optional(query.text, parameters)
    }

    /// Streams a query's rows in binary. COPY takes no bound parameters, so the literals, which are whole numbers,
    /// dates and codes of known characters and nothing else, are written in for `$1`, `$2`, ….
    @discardableResult
    func stream(
        _ query: Query, _ literals: [CopyLiteral], _ body: (inout BinaryCopyRow) throws -> Void
    ) throws -> Int {
        try copyOut(query.copyOut(literals), body)
    }
}

extension Query {
    /// The text with literals in the place of its parameters.
    func text(_ literals: [CopyLiteral]) -> String {
        var text = text
        for (index, literal) in literals.enumerated().reversed() {
            text = text.replacing("$\(index + 1)", with: literal.text)
        }
        return text
    }

    /// The statement that streams the rows.
    func copyOut(_ literals: [CopyLiteral]) -> String {
        "copy (\n\(text(literals))\n) to stdout (format binary)"
    }
}

extension Connection {
    /// Like `stream`, for many rows of one date, in the order in which they lie: each page is read once, whatever the
    /// order of the index that finds them. In a transaction.
    @discardableResult
    func streamByPage(
        _ query: Query, _ literals: [CopyLiteral], _ body: (inout BinaryCopyRow) throws -> Void
    ) throws -> Int {
        try script("set local enable_indexscan = off")
        let rows = try stream(query, literals, body)
        try script("set local enable_indexscan = on")
        return rows
    }
}

/// A value that may be written into a COPY statement: its text cannot be anything but what its case says.
enum CopyLiteral: Sendable {
    case int64(Int64)
    /// Days since 2000-01-01, or null.
    case date(Int32?)
    case bool(Bool)
    /// A code of letters, digits and `. _ : + -`; anything else is a programmer's error and stops.
    case code(String)

    var text: String {
        switch self {
        case .int64(let value): return "\(value)::bigint"
        case .bool(let value): return value ? "true" : "false"
        case .date(.none): return "null::date"
        case .date(.some(let days)): return "(date '2000-01-01' + \(days))"
        case .code(let code):
            let isPlain = code.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
                default: false
                }
            }
            precondition(isPlain, "only a plain code may stand in a COPY statement")
            return "'\(code)'"
        }
    }
}
