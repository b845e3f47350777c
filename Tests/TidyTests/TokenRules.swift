/// A word that does not stand in the code, and what stands there instead.
struct BannedToken: Sendable {
    let pattern: String
    let instead: String
    /// Whether the rule holds for a file.
    let holds: @Sendable (TextFile) -> Bool
    /// Looks at comments and strings too.
    let isRaw: Bool

    init(
        _ pattern: String, isRaw: Bool = false, instead: String,
        where holds: @escaping @Sendable (TextFile) -> Bool = { _ in true }
    ) {
        self.pattern = pattern
        self.instead = instead
        self.isRaw = isRaw
        self.holds = holds
    }
}

enum TokenRules {
    /// The modules that calculate: equal inputs give equal bits, so nothing of the machine they run on may be in reach.
    static let calculationModules = [
        "ParallelWork", "Quantities", "Pricing", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining",
        "Simulation", "Stress", "Monitoring", "MarginCalls", "Calibration", "Validation",
    ]

    static let banned: [BannedToken] = [
        // A night must end with an exit code and a hint, never with a trap that says nothing.
        BannedToken(#"\btry!"#, instead: "try, in a function that throws"),
        BannedToken(#"\bas!"#, instead: "as? with a typed error, or an enum with exhaustive switches"),
        BannedToken(#"\bfatalError\("#, instead: "precondition for a programmer's error, throw for everything else"),
        // A force unwrap is a trap without a reason; a precondition states one.
        BannedToken(
            #"(?:\b(?!(?:try|as)!)\w+|[\)\]])!(?![=\w"])"#, instead: "guard let and a typed error",
            where: { $0.isBelow("Sources") }),
        // Switches the compiler's proof off; every use so far could be written with a lock, an actor or a copy.
        BannedToken(#"@unchecked Sendable"#, instead: "a value type, Mutex or an actor"),
        // Removes the overflow traps that keep a wrong amount from being published, and gains nothing measurable.
        BannedToken("-O" + "unchecked", isRaw: true, instead: "-O"),
        // Nobody finds them again; an issue or a case folder is found.
        BannedToken(#"\b("# + "TO" + "DO|FIX" + #"ME)\b"#, isRaw: true, instead: "a case folder or an issue"),
        // One that runs among the others makes the testing library burn a core to the end: the Makefile runs it apart.
        BannedToken(
            "processExits" + "With", isRaw: true, instead: "a test in QuantitiesTests, which run apart",
            where: { $0.isBelow("Tests") && !$0.isBelow("Tests/QuantitiesTests") }),
        // Only commands own standard output; from anywhere else it would corrupt what a script reads.
        BannedToken(
            #"(?m)(?:^|[^\w.])print\("#, instead: "return the text, or EventLog",
            where: { file in
                file.isBelow("Sources") && !file.isBelow("Sources/margin", "Sources/Commands", "Sources/embed-sql")
            }),
        // The business date is named by the operator; a figure that reads the clock differs on the rerun.
        BannedToken(
            #"\bDate\(\)"#, instead: "a BusinessDate that is passed in",
            where: { file in
                file.isBelow("Sources") && !file.isBelow("Sources/EndOfDay", "Sources/Runtime", "Sources/Operations")
            }),
        // A number shifts silently when a query gets one column more; `at` is for results nobody knows the columns of.
        BannedToken(
            #"(?:\.at\(|\brow\.\w+\((?=\d+[,)]))"#, instead: "the column's name, as in row.text(\"account\")",
            where: { $0.isBelow("Sources") && !$0.isBelow("Sources/Postgres") }),
        // A calculation that can reach the locale, the clock, the environment or a database is not a function.
        BannedToken(
            #"(?m)^\s*(package |public |internal )?import (Foundation|FoundationEssentials|Postgres|Dispatch)\b"#,
            instead: "take it as an argument from EndOfDay or Storage",
            where: { file in calculationModules.contains { file.isBelow("Sources/\($0)") } }),
    ]

    /// Errors that are turned into others before anybody reads them.
    static let inwardErrors = ["FieldFault", "JSONFault", "LoadRefusal", "SchemaMismatch"]

    /// An error without a description of its own reaches the operator as a value of the language.
    static func undescribedErrors(_ files: [TextFile]) -> [Violation] {
        let described = Set(
            files.flatMap { file in
                file.swift.code.matches(of: /(?:struct|enum|extension) ([\w.]+)\s*:[^{]*CustomStringConvertible/)
                    .map { String($0.output.1) }
            })
        return files.flatMap { file in
            file.swift.code.matches(
                of: /(?m)^ *(?:package |public )?(?:struct|enum) (\w+)\s*:[^{]*\bError\b[^{]*\{(?!\})/
            )
            .filter { !described.contains(String($0.output.1)) && !inwardErrors.contains(String($0.output.1)) }
            .map { match in
                let line = lineNumber(of: match.range.lowerBound, in: file.swift.code)
                return Violation(file, line: line, "\(match.output.1) has no description in words")
            }
        }
    }

    static func violations(_ token: BannedToken, _ file: TextFile) throws -> [Violation] {
        guard token.holds(file) else { return [] }
        let text = token.isRaw ? file.text : file.swift.code
        return text.matches(of: try Regex(token.pattern)).map { match in
            let word = text[match.range].trimmingPrefix(while: \.isWhitespace)
            let line = lineNumber(of: word.startIndex, in: text)
            return Violation(file, line: line, "\(word): write instead: \(token.instead)")
        }
    }
}
