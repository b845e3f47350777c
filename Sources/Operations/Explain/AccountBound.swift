import Postgres
import Quantities
import Storage

/// A bound of the methodology that changed a figure of one account: what it was before and what it became.
package struct AccountBound {
    /// Which bound, by its name in the JSON document.
    package enum Kind: String {
        /// The credit of a combined commodity is at most its price risk (docs/methodology.md §6.4).
        case creditLimit = "credit_limited_by_price_risk"
        /// The risk is at least the short option minimum (§6.6).
        case shortOptionMinimum = "short_option_minimum"
        /// The offset between combined commodities counts up to the class's cap (§6.7).
        case offsetCap = "offset_cap"
        /// A line's net option value counts up to its initial risk (§6.8).
        case netOptionValueCap = "net_option_value_cap"
        /// The requirement is not below 0 (§6.8).
        case notBelowZero = "requirement_not_below_zero"
        /// Long premium-style options alone have no requirement (§6.8).
        case longOptionsOnly = "long_options_only"
    }

    let owner: String
    /// A combined commodity, or the currency of a requirement.
    let item: String
    /// What the cap is on: a risk line of the currency; else empty.
    let line: String
    let kind: Kind
    let before: ExactDecimal
    let after: ExactDecimal

    /// The bound in words, for the explanation.
    var words: String {
        switch kind {
        case .creditLimit: "bound: of the credit \(before) only \(after) counts, the price risk"
        case .shortOptionMinimum: "bound: the short option minimum \(after) is above the scanned risk \(before)"
        case .offsetCap: "bound: of the offset \(before) the offset cap grants \(after)"
        case .netOptionValueCap:
            "bound: of the net option value \(before) of \(line) only \(after) counts, its initial risk"
        case .notBelowZero: "bound: \(before) is below 0, so that the requirement is 0"
        case .longOptionsOnly:
            "bound: all positions are long premium-style options, which need nothing in place of \(before)"
        }
    }

    /// Every bound of an account's figures, combined commodities first.
    static func all(_ key: [Value], from connection: Connection) throws -> [AccountBound] {
        guard let terms = try connection.optional(.explainAccount, key) else { return [] }
        let isCapped = try terms.text("margining_type") == "gross_omnibus" || terms.bool("net_option_value_is_capped")
        let lines = try connection.rows(.explainRiskLines, key)
        var bounds = try connection.rows(.explainComponents, key).flatMap(ofComponent)
        for row in try connection.rows(.explainCurrencies, key) {
            let (owner, currency) = (try row.text("owner"), try row.text("currency"))
            let parts = try lines.filter { try $0.text("owner") == owner && $0.text("currency") == currency }
            bounds += try ofCurrency(row, owner, currency, parts, isCapped: isCapped)
        }
        return bounds
    }

    private static func ofComponent(_ row: Row) throws -> [AccountBound] {
        // A scan-based spread's leg has no credit of its own and shares the spread's minimum.
        guard try row.text("scan_spread").isEmpty else { return [] }
        let (owner, item) = (try row.text("owner"), try row.text("combined_commodity"))
        var bounds: [AccountBound] = []
        func add(_ kind: Kind, _ before: ExactDecimal, _ after: ExactDecimal) {
            bounds.append(AccountBound(owner: owner, item: item, line: "", kind: kind, before: before, after: after))
        }
        let (credit, applied) = (try row.exact("inter_credit"), try row.exact("applied_credit"))
        if credit > applied { add(.creditLimit, credit, applied) }
        let scanned = try row.exact("scan") + row.exact("intra_charge") + row.exact("delivery_charge") - applied
        let minimum = try row.exact("short_option_minimum")
        if minimum > scanned { add(.shortOptionMinimum, scanned, minimum) }
        return bounds
    }

    private static func ofCurrency(
        _ row: Row, _ owner: String, _ currency: String, _ lines: [Row], isCapped: Bool
    ) throws -> [AccountBound] {
        var bounds: [AccountBound] = []
        func add(_ kind: Kind, _ before: ExactDecimal, _ after: ExactDecimal, line: String = "") {
            bounds.append(
                AccountBound(owner: owner, item: currency, line: line, kind: kind, before: before, after: after))
        }
        let (initial, addBack) = (try row.exact("initial_risk"), try row.exact("offset_add_back"))
        if addBack > .zero {
            let offset = try lines.reduce(.zero - initial) { $0 + (try $1.exact("standalone_initial_risk")) }
            add(.offsetCap, offset, offset - addBack)
        }
        var before = initial + addBack - (try row.exact("net_option_value"))
        if isCapped {
            before = addBack
            for line in lines {
                let (risk, value) = (try line.exact("initial_risk"), try line.exact("net_option_value"))
                before += max(.zero, risk - value)
                if value > risk { add(.netOptionValueCap, value, risk, line: try line.text("line")) }
            }
        }
        if before < .zero { add(.notBelowZero, before, .zero) }
        if try before > .zero && row.exact("requirement") == .zero { add(.longOptionsOnly, before, .zero) }
        return bounds
    }
}
