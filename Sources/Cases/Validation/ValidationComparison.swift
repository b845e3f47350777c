import Margining
import Quantities
import TextFiles

/// Compares what a case expects of validation with what was found: exact numbers as numbers, JSON's numbers within the
/// bounds of a statistic, refusals by their rule and by everything the case says of them.
struct ValidationComparison {
    private(set) var differences: [String] = []
    /// Every refusal that the case states, in its list or beside what it concerns.
    private let stated: [Set<Substring>]

    static func differences(expected: JSONValue, found: JSONValue) -> [String] {
        var comparison = ValidationComparison(stated: refusals(in: expected))
        comparison.compare(expected, found, at: "")
        return comparison.differences
    }

    /// Lists of which a case may state the rows it cares for, by the keys that tell them apart.
    private static let keyed = [
        "nights": ["date"], "portfolios": ["code"], "products": ["combined_commodity", "contract", "side"],
    ]

    private mutating func compare(_ expected: JSONValue, _ found: JSONValue, at place: String) {
        let name = place.split(separator: ".").last.map(String.init) ?? ""
        if name == "refused" { return compareRefusals(expected, found, at: place) }
        switch (expected, found) {
        case (.object(let wanted), .object(let got)):
            for key in Set(wanted.keys).union(got.keys).sorted() {
                let inside = place.isEmpty ? key : "\(place).\(key)"
                compareMembers(wanted[key] ?? .null, got[key] ?? .null, at: inside)
            }
        case (.array(let wanted), .array(let got)):
            if let keys = Self.keyed[name] { return compareKeyed(wanted, got, by: keys, at: place) }
            guard wanted.count == got.count else {
                return add(place, "the run has \(got.count) rows, the case expects \(wanted.count)")
            }
            for (index, pair) in zip(wanted, got).enumerated() { compare(pair.0, pair.1, at: "\(place)[\(index + 1)]") }
        default:
            if !Self.agree(expected, found) {
                add(place, "is \(Self.shown(found)), the case expects \(Self.shown(expected))")
            }
        }
    }

    private mutating func compareMembers(_ wanted: JSONValue, _ got: JSONValue, at place: String) {
        if Self.isNothing(wanted), Self.isNothing(got) { return }
        if wanted == .null {
            // What is refused as a whole is listed, and compared there.
            if got.members.count == 1, got["refused"] != nil { return }
            // What is refused stands beside what it concerns too, and rows tell more than a case needs to state.
            if place == "refused" { return compareRefusals(.array([]), got, at: place) }
            if place.hasSuffix("refused") || Self.keyed.keys.contains(where: { place.contains("\($0)[") }) { return }
            add(place, "is \(Self.shown(got)), which the case lacks")
        } else if Self.isNothing(got) {
            add(place, "is missing, the case expects \(Self.shown(wanted))")
        } else {
            compare(wanted, got, at: place)
        }
    }

    /// Null, or made of nothing else.
    private static func isNothing(_ value: JSONValue) -> Bool {
        switch value {
        case .null: true
        case .array(let values): values.isEmpty
        case .object(let members): members.values.allSatisfy(isNothing)
        default: false
        }
    }

    /// The words of each refusal of a document, wherever it stands.
    private static func refusals(in value: JSONValue) -> [Set<Substring>] {
        switch value {
        case .array(let values): values.flatMap(refusals)
        case .object(let members):
            members.flatMap { name, value -> [Set<Substring>] in
                guard name == "refused" else { return refusals(in: value) }
                if case .array(let rows) = value { return rows.map(words) }
                return [words(value)]
            }
        default: []
        }
    }

    private static func words(_ value: JSONValue) -> Set<Substring> {
        switch value {
        case .text(let text), .number(let text): Set(text.split(separator: " "))
        case .array(let values): values.reduce(into: []) { $0.formUnion(words($1)) }
        case .object(let members): members.values.reduce(into: []) { $0.formUnion(words($1)) }
        default: []
        }
    }

    private mutating func compareKeyed(_ wanted: [JSONValue], _ got: [JSONValue], by keys: [String], at place: String) {
        func matches(_ row: JSONValue, _ other: JSONValue) -> Bool {
            keys.allSatisfy { key in row[key] == nil || row[key] == other[key] }
        }
        for row in wanted {
            let name = keys.compactMap { row.optional($0) }.joined(separator: " ")
            guard let found = got.first(where: { matches(row, $0) }) else {
                add(place, "the case expects \(name), the run has none")
                continue
            }
            compare(row, found, at: "\(place)[\(name)]")
        }
        for row in got where row["exception"] != nil && !wanted.contains(where: { matches($0, row) }) {
            add(
                place,
                "the run has \(keys.compactMap { row.optional($0) }.joined(separator: " ")), which the case lacks")
        }
    }

    /// A refusal agrees where its rule does, and whatever else the case says of it, word by word.
    private mutating func compareRefusals(_ expected: JSONValue, _ found: JSONValue, at place: String) {
        func rows(_ value: JSONValue) -> [JSONValue] { if case .array(let rows) = value { rows } else { [value] } }
        var rest = rows(found)
        for row in rows(expected) {
            if let index = rest.firstIndex(where: { Self.words(row).isSubset(of: Self.words($0)) }) {
                rest.remove(at: index)
            } else {
                add(place, "the case expects \(Self.shown(row)), the run has \(Self.shown(found))")
            }
        }
        guard place == "refused" else { return }
        // A case may state a refusal beside what it concerns instead.
        for row in rest where !stated.contains(where: { $0.isSubset(of: Self.words(row)) && !$0.isEmpty }) {
            add(place, "the run has \(Self.shown(row)), which the case lacks")
        }
    }

    private static func agree(_ expected: JSONValue, _ found: JSONValue) -> Bool {
        switch (expected, found) {
        case (.number(let left), .number(let right)):
            guard let left = Double(left), let right = Double(right) else { return false }
            let difference = abs(left - right)
            return difference <= (abs(left) < 1e-3 ? 1e-12 : 1e-9 * abs(left))
        case (.text(let left), .text(let right)), (.number(let left), .text(let right)),
            (.text(let right), .number(let left)):
            return left == right || fraction(left).map { $0 == fraction(right) } ?? false
        default: return expected == found
        }
    }

    /// `49/50`, `0.98`; nil for anything else.
    private static func fraction(_ text: String) -> ExactFraction? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let above = ExactDecimal(parts[0]) else { return nil }
        if parts.count == 1 { return ExactFraction(above) }
        guard parts.count == 2, let below = ExactDecimal(parts[1]), below > .zero else { return nil }
        return ExactFraction(above, over: below)
    }

    private mutating func add(_ place: String, _ text: String) { differences.append("\(place) \(text)") }

    private static func shown(_ value: JSONValue) -> String {
        var bytes: [UInt8] = []
        value.append(to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        return text.count > 300 ? text.prefix(300) + "…" : text
    }
}
