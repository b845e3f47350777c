import ClearingModel
import Calibration
import Quantities
import Storage

/// The row of a parameter set that a rule proposes anew (docs/methodology.md §10.1, §10.5).
struct CalibratedChange {
    private let rule: CalibrationRule
    private let standing: StandingRow?
    /// The words of the key.
    private let words: [String]

    /// - Throws: `calibration_rule_incomplete` for a row that the set in force does not have, but for a scan-range row,
    ///   and for one whose value is of another unit.
    init(_ rule: CalibrationRule, _ standing: StandingRow?) throws(CalibrationRefusal) {
        self.rule = rule
        self.standing = standing
        words = rule.key.text.split(separator: " ").map(String.init)
        guard words.count == Self.wordCount(rule.item, words) else {
            throw incomplete("the key \(rule.key) does not name a row of its item")
        }
        guard let standing else {
            if isScanRangeRow { return }
            throw incomplete("the set in force has no such row")
        }
        switch rule.item {
        case .priceScanRange, .volatilityScanRange:
            if let kind = standing.kind, kind != rule.kind?.rawValue {
                throw incomplete("the row in force is \(kind), the rule \(rule.kind?.rawValue ?? "nothing")")
            }
        case .intraSpread:
            if standing.kind != "flat" { throw incomplete("its charge is a fraction, not money a spread") }
        case .offsetRate:
            if standing.kind == "flat" { throw incomplete("its rate is money, not a fraction") }
            if standing.value == nil { throw incomplete("its legs have rates of their own") }
        case .haircut: break
        }
    }

    private static func wordCount(_ item: CalibrationItem, _ words: [String]) -> Int {
        switch item {
        case .priceScanRange: words.count == 2 ? 2 : 1
        case .volatilityScanRange, .offsetRate: 1
        case .intraSpread: 2
        case .haircut: words.first == "currency" ? 3 : words.first == "asset" ? 2 : 0
        }
    }

    private var isScanRangeRow: Bool { rule.item == .priceScanRange && words.count == 2 }

    private func incomplete(_ reason: String) -> CalibrationRefusal {
        CalibrationRefusal(.ruleIncomplete, rule.name, table: "calibration_rule", column: "key", reason)
    }

    /// The change that puts a value in. A scan-range row that is not there yet is of the first month alone.
    func change(to value: ExactDecimal) -> ParameterChange {
        let text = "\(value)"
        switch rule.item {
        case .priceScanRange where standing == nil:
            return ParameterChange(
                .add, table: "price_scan_range_tier",
                key: [:],
                set: [
                    "combined_commodity": words[0], "from_month": words[1], "to_month": words[1],
                    "price_scan_range_kind": rule.kind?.rawValue, "price_scan_range": text,
                ])
        case .priceScanRange where isScanRangeRow:
            return ParameterChange(
                table: "price_scan_range_tier", key: ["combined_commodity": words[0], "from_month": words[1]],
                set: ["price_scan_range": text])
        case .priceScanRange:
            return ParameterChange(
                table: "combined_commodity_margin", key: ["combined_commodity": words[0]],
                set: ["price_scan_range": text])
        case .volatilityScanRange:
            return ParameterChange(
                table: "combined_commodity_margin", key: ["combined_commodity": words[0]],
                set: ["volatility_scan_range": text])
        case .intraSpread:
            return ParameterChange(
                table: "intra_spread", key: ["combined_commodity": words[0], "spread": words[1]],
                set: ["charge_rate": text])
        case .offsetRate:
            return ParameterChange(table: "inter_spread", key: ["spread": words[0]], set: ["credit_rate": text])
        case .haircut where words[0] == "asset":
            return ParameterChange(
                table: "collateral_haircut", key: ["asset": words[1]], set: ["haircut": text])
        case .haircut:
            return ParameterChange(
                table: "fx_haircut", key: ["from_currency": words[1], "to_currency": words[2]],
                set: ["haircut": text])
        }
    }
}
