/// Keys and scales stand in one place each, so that a contract month with a day or a delta with more decimals is one
/// change (docs/decisions/0035-contract-month-and-scales-in-one-place.md).
enum KeyRules {
    static let month = "Sources/Quantities/ContractMonth.swift"
    static let date = "Sources/Quantities/BusinessDate.swift"
    static let delta = "Sources/ClearingModel/Delta.swift"
    static let arrayUnit = "Sources/ClearingModel/ArrayUnit.swift"
    static let keyFunctions = "sql/functions/keys"

    /// Only `ContractMonth` knows how a month is written: no other file takes its text apart or puts it together.
    static func monthIsWhole(_ file: TextFile) -> [Violation] {
        // A date is read beside it, by its own parts.
        guard file.isBelow("Sources"), ![month, date].contains(file.path),
            file.text.contains("onth") || file.text.contains("-01")
        else { return [] }
        let sliced = file.swift.codeLines.enumerated().filter { _, line in takesMonthApart(line) }.map { place, _ in
            Violation(file, line: place + 1, "a month's text or parts: let ContractMonth do it")
        }
        return sliced
            + file.swift.literals.filter { $0.text == "-01" }.map {
                Violation(file, line: $0.line, "a day made of a month's text: use ContractMonth.firstDay")
            }
    }

    private static func takesMonthApart(_ line: Substring) -> Bool {
        guard line.contains("onth") else { return false }
        let ofText = /[mM]onth\w*\)?\.(?:description|spanText)(?:\.|\[|\?\.)/
        let ofMonth = /[mM]onth(?:Text|Name)?\.(?:prefix|suffix|dropFirst|dropLast|split|utf8|filter|replacing)\b/
        let packed = /[yY]ear\)? \* 12\b|[mM]onth\w* [\/%] 12\b/
        if line.contains(ofText) || line.contains(ofMonth) || line.contains(packed) { return true }
        let pieces = /\.(?:prefix\([467]\)|suffix\(2\)|dropFirst\([45]\)|dropLast\(3\)|split\(sep)|\[0?\.\.<[467]\]/
        guard line.contains(pieces) else { return false }
        // A list of months may be cut into lists of months.
        return line.replacing(/[mM]onth(?:s|ly)(?:\.(?:prefix|suffix|dropFirst|dropLast)\(\d+\))+/, with: "")
            .contains(pieces)
    }

    /// Queries order and print a month; what it is made of, the next one and what lies in a span are functions.
    static func monthIsWholeInSQL(_ file: TextFile) -> [Violation] {
        guard !file.isBelow(keyFunctions), file.text.contains("month") || file.text.contains("YYYY") else { return [] }
        let name = #"(?:\w+\.)?(?:contract|from|to|next)_months?\b"#
        let functions =
            "substring|substr|left|right|split_part|overlay|extract|date_part|date_trunc|to_date|to_char|replace|"
            + "regexp_\\w+|length|position|strpos|starts_with|lpad|concat|format"
        let patterns = [
            #"\b(?:\#(functions))\s*\([^()]*\#(name)"#, #"\#(name)\s+(?:not\s+)?(?:between|like|ilike|similar)\b"#,
            #"\#(name)\s*!?~"#, #"\#(name)\s*::\s*(?!text\b|margin\.contract_month\b)"#,
            #"\bcontract_month\s*[<>]"#, #"[<>]=?\s*(?:\w+\.)?contract_month\b"#, #"'YYYY-?MM'"#,
            #"'-01'"#,
        ]
        return patterns.flatMap { matches(of: $0, in: file) }.map {
            Violation(file, line: $0, "a month taken apart or compared: use a function of \(keyFunctions)")
        }
    }

    /// A column that holds a contract month is of its domain, where rows come from outside; results hold the months of
    /// inputs as text in the order of bytes.
    static func monthHasItsDomain(_ file: TextFile) -> [Violation] {
        if file.name.contains("-results-of-") { return [] }
        return file.lines.enumerated().compactMap { place, line in
            guard let match = line.firstMatch(of: /^ {4}((?:\w+_)?contract_months?|from_month|to_month) ([^\s,]+)/),
                !["margin.contract_month", "margin.contract_month[]"].contains(String(match.output.2))
            else { return nil }
            return Violation(file, line: place + 1, "\(match.output.1) is \(match.output.2), not margin.contract_month")
        }
    }

    /// Only `Delta` knows how many decimals a delta has; the generator's other fours are rates, those of Postgres field
    /// widths.
    static func deltaHasItsDecimals(_ file: TextFile) -> [Violation] {
        guard file.isBelow("Sources"), !file.isBelow("Sources/ClearingHouseGenerator", "Sources/Postgres"),
            file.path != delta
        else { return [] }
        let bare = /(?:decimals|scale): 4\b|numericScaled\(\d|[dD]elta\w*\)? [*\/] 10_?000\b/
        return file.swift.codeLines.enumerated().filter { _, line in
            (line.contains("4") || line.contains("Scaled(") || line.contains("000")) && line.contains(bare)
        }.map { place, _ in Violation(file, line: place + 1, "a scale written out: use Delta.decimals or its own") }
    }

    /// The schema gives a scale a domain; queries print what the domain holds.
    static func scalesAreDomains(_ file: TextFile) -> [Violation] {
        guard file.name != "01-domains.sql", !file.isBelow(keyFunctions) else { return [] }
        let deltas = "net_delta|composite_delta|consumed|remaining|delta_before|spread_count|position_size"
        var patterns = [#"\bround\((?:\w+\.)?(?:\#(deltas))\b"#, #"\* 0\.0001\b"#, #"\b(?:\#(deltas))\s*[*\/] 10"#]
        if file.isBelow("sql/schema") {
            patterns = [#"\bnumeric\(\d"#, #"^ {4}array_decimals (?!margin\.array_decimals)"#]
        }
        return patterns.flatMap { matches(of: $0, in: file) }.map {
            Violation(file, line: $0, "a scale written out: use its domain, or margin.delta_of_units")
        }
    }

    /// Lines on which a pattern matches outside comments.
    private static func matches(of pattern: String, in file: TextFile) -> [Int] {
        // By Unicode's own rules a point between letters ends no word.
        guard let regex = try? Regex(pattern).anchorsMatchLineEndings().wordBoundaryKind(.simple) else { return [0] }
        let text = file.lines.map { $0.split(separator: "--", omittingEmptySubsequences: false).first ?? "" }
            .joined(separator: "\n")
        return text.matches(of: regex).map { lineNumber(of: $0.range.lowerBound, in: text) }
    }
}
