import TextFiles

/// Compares a case's expectations with what a run came to, in both directions, and says in the house's words what
/// differs.
struct CaseComparison {
    private(set) var differences: [String] = []

    /// Lists whose rows are told apart by a key, whatever their order, and how the house names a row.
    private static let keyed: [String: (noun: String, keys: [String])] = [
        "accounts": ("account", ["id"]), "owners": ("owner", ["id"]),
        "combined_commodities": ("combined commodity", ["id"]), "risks": ("risk of", ["id"]),
        "requirement_by_currency": ("requirement in", ["currency"]), "delivery_months": ("delivery month", ["month"]),
        "collateral": ("collateral item", ["id"]), "add_ons": ("add-on", ["name", "id", "member"]),
        "scan_groups": ("scan-based spread", ["id"]), "series": ("series", ["contract"]),
        "proposal": ("proposed value", ["item", "key"]), "attribution": ("change of", ["account", "figure"]),
    ]
    /// Lists whose order counts, and how the house names a row.
    private static let ordered = [
        "intra_spreads": "calendar spread", "inter_spreads": "inter-commodity spread", "legs": "leg",
        "lines": "variation margin line", "array": "scenario",
    ]
    /// Objects whose keys are codes, and how the house names a row of objects.
    private static let byCode = [
        "risk_arrays": "risk array of", "tiers": "tier", "currencies": "currency",
        "combined_commodities": "combined commodity",
    ]
    /// Objects whose keys mean nothing without the object's own name.
    private static let named: Set = ["bounds", "effects", "forward", "reverse", "interaction", "largest_interaction"]

    /// The differences of a whole document.
    static func differences(expected: JSONValue, found: JSONValue) -> [String] {
        var comparison = CaseComparison()
        comparison.compare(expected, found, location: [], name: "")
        return comparison.differences
    }

    private mutating func compare(_ expected: JSONValue, _ found: JSONValue, location: [String], name: String) {
        switch (expected, found) {
        case (.object(let expected), .object(let found)):
            compareMembers(expected, found, location: location, name: name)
        case (.array(let expected), .array(let found)): compareLists(expected, found, location: location, name: name)
        default:
            let isApproximate =
                name == "liquidation_days" || name.hasPrefix("volatility now of ")
                || (name == "volatility" && location.last?.hasPrefix("risk array of") == true)
            let isStatistic = location.last?.hasPrefix("proposed value") == true && Self.isStatistic(name)
            if !Self.agree(expected, found, isApproximate: isApproximate)
                && !(isStatistic && Self.agreeAsStatistics(expected, found))
            {
                add(location, "\(words(name)) is \(shown(found)), the case expects \(shown(expected))")
            }
        }
    }

    private mutating func compareMembers(
        _ expected: [String: JSONValue], _ found: [String: JSONValue], location: [String], name: String
    ) {
        for key in Set(expected.keys).union(found.keys).sorted() {
            let wanted = expected[key] ?? .null
            let got = found[key] ?? .null
            // A figure without bound is null or left out; an empty list may be left out too.
            if Self.isNothing(wanted), Self.isNothing(got) { continue }
            let rowNoun = Self.byCode[name]
            if let rowNoun, case .object = (wanted == .null ? got : wanted) {
                compareRows(wanted, got, location: location + ["\(rowNoun) \(key)"])
            } else if wanted == .null {
                add(location, "\(leaf(key, of: name)) is \(shown(got)), which the case lacks")
            } else if got == .null {
                add(location, "the case expects \(leaf(key, of: name)) \(shown(wanted)), the run has none")
            } else {
                let isNamed = Self.named.contains(name) || isCode(key)
                compare(wanted, got, location: location, name: isNamed ? leaf(key, of: name) : key)
            }
        }
    }

    private mutating func compareRows(_ expected: JSONValue, _ found: JSONValue, location: [String]) {
        if expected == .null {
            return add(location.dropLast(), "the run has the \(location.last ?? ""), which the case lacks")
        }
        if found == .null {
            return add(location.dropLast(), "the case expects the \(location.last ?? ""), the run has none")
        }
        compare(expected, found, location: location, name: "")
    }

    private mutating func compareLists(
        _ expected: [JSONValue], _ found: [JSONValue], location: [String], name: String
    ) {
        let isOfObjects = (expected + found).contains { if case .object = $0 { true } else { false } }
        if isOfObjects, let keyed = Self.keyed[name] {
            return compareKeyed(expected, found, location: location, name: name, keyed: keyed)
        }
        guard expected.count == found.count else {
            return add(
                location,
                "\(words(name)): the run has \(found.count) (\(names(found))), "
                    + "the case expects \(expected.count) (\(names(expected)))")
        }
        for (number, pair) in zip(expected, found).enumerated() {
            if isOfObjects {
                let noun = "\(Self.ordered[name] ?? words(name)) \(number + 1)"
                let id = pair.0.optional("id").map { " (\($0))" } ?? ""
                compare(pair.0, pair.1, location: location + [noun + id], name: "")
            } else {
                compare(
                    pair.0, pair.1, location: location,
                    name: "\(words(name)), \(Self.ordered[name] ?? "entry") \(number + 1)"
                )
            }
        }
    }

    private mutating func compareKeyed(
        _ expected: [JSONValue], _ found: [JSONValue], location: [String], name: String,
        keyed: (noun: String, keys: [String])
    ) {
        let noun = keyed.noun
        func key(_ row: JSONValue) -> String { keyed.keys.compactMap { row.optional($0) }.joined(separator: " ") }
        let rows = Dictionary(found.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for wanted in expected {
            let id = key(wanted)
            seen.insert(id)
            // An add-on or requirement of 0 and a delivery month not charged need no row.
            if rows[id] == nil, let amount = wanted.optional(Self.amounts[name] ?? ""), areEqualNumbers(amount, "0") {
                continue
            }
            compareRows(wanted, rows[id] ?? .null, location: location + ["\(noun) \(id)"])
        }
        for row in found where !seen.contains(key(row)) {
            compareRows(.null, row, location: location + ["\(noun) \(key(row))"])
        }
    }

    private static func isNothing(_ value: JSONValue) -> Bool {
        value == .null || value == .array([]) || value == .object([:])
    }

    /// The figure of a list's row that makes it worth a row.
    private static let amounts = [
        "add_ons": "amount", "delivery_months": "charge", "requirement_by_currency": "amount",
    ]

    /// Solved volatilities and days to liquidate are floating point; everything else is exact.
    private static func agree(_ expected: JSONValue, _ found: JSONValue, isApproximate: Bool) -> Bool {
        guard let left = expected.text, let right = found.text else { return expected == found }
        if left == right || areEqualNumbers(left, right) { return true }
        guard isApproximate, let left = Double(left), let right = Double(right) else { return false }
        return abs(left - right) <= 1e-9
    }

    /// Figures of a proposal that come from Doubles before they are brought to an increment.
    private static func isStatistic(_ name: String) -> Bool {
        name.hasPrefix("bounds of ") || ["core", "before_limit", "buffer", "r20", "r250", "z"].contains(name)
    }

    /// Within 1e-9 of their size, below 1e-3 within 1e-12; fractions such as `1/4` by their value.
    private static func agreeAsStatistics(_ expected: JSONValue, _ found: JSONValue) -> Bool {
        guard let left = expected.text.flatMap(number), let right = found.text.flatMap(number) else { return false }
        // A figure printed at 12 decimals is half of the last one off.
        return abs(left - right) <= (abs(left) < 1e-3 ? 1.000001e-12 : 1e-9 * abs(left))
    }

    private static func number(_ text: String) -> Double? {
        let parts = text.split(separator: "/", maxSplits: 1).compactMap { Double($0) }
        return parts.count == 2 ? parts[0] / parts[1] : Double(text)
    }

    private mutating func add(_ location: some Sequence<String>, _ text: String) {
        let location = location.joined(separator: ", ")
        differences.append(location.isEmpty ? text : "\(location): \(text)")
    }

    /// `month deltas of 2025-08` for a code among an object's keys, else the key in words.
    private func leaf(_ key: String, of name: String) -> String {
        (isCode(key) || Self.named.contains(name)) && !name.isEmpty ? "\(words(name)) of \(key)" : words(key)
    }

    /// The format's own keys are lower-case words; months, currencies, classes and codes of the case are not.
    private func isCode(_ key: String) -> Bool {
        !key.utf8.allSatisfy { $0 == UInt8(ascii: "_") || (97...122).contains($0) }
    }

    private func words(_ key: String) -> String { key.replacing("_", with: " ") }

    private func names(_ rows: [JSONValue]) -> String {
        rows.map { $0.optional("id") ?? $0.optional("contract") ?? shown($0) }.joined(separator: ", ")
    }

    private func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: "nothing"
        case .flag(let flag): "\(flag)"
        case .number(let text), .text(let text): text.isEmpty ? "empty" : text
        case .array(let values): "[" + values.map(shown).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key) \(shown($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }
}
