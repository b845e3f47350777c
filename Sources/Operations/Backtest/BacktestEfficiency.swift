import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import Storage
import Validation

extension BacktestResults {
    /// What other methods cost at the coverage that was achieved: each unit, and the house by call currency, whose
    /// accounts and owners are taken together (docs/methodology.md §12.7).
    mutating func addEfficiency(of units: BacktestUnits) {
        var house: [CurrencyCode: (currency: Currency, nights: [ComparedNight])] = [:]
        for unit in units.units {
            let own = (units.nights[unit] ?? [:]).sorted { $0.key < $1.key }
            guard let currency = own.first?.value.currency else { continue }
            let nights = own.compactMap { day, night in night.compared(at: day) }
            add(EfficiencyRow.rows(nights, of: unit.code), [.text(unit.kind.rawValue), .text(unit.code)], currency)
            guard unit.kind == .account || unit.kind == .owner else { continue }
            house[currency.code, default: (currency, [])].nights += nights
        }
        for (code, together) in house.sorted(by: { $0.key < $1.key }) {
            add(
                EfficiencyRow.rows(together.nights, of: "house \(code)"), [.text("house"), .text("\(code)")],
                together.currency)
        }
    }

    /// Of a walk-forward either side, from its first day on, beside itself without tools.
    mutating func addEfficiency(
        of walk: WalkForward, _ bare: WalkForward, _ history: FactorHistory, _ unit: BacktestUnit
    ) {
        let (start, currency): ([BacktestCell], _) = (
            [.text(unit.kind.rawValue), .text(unit.code)], walk.terms.currency
        )
        do {
            add(try walk.efficiency(history, withoutTools: bare, name: unit.code), start, currency)
        } catch {
            tables.add(
                .capitalEfficiency,
                start + [.text(MarginMethod.engine.rawValue), .text("\(currency.code)"), .count(0), .count(0)]
                    + [BacktestCell](repeating: .null, count: 8) + [.text(SensitivityRefusal(error).named)])
        }
    }

    private mutating func add(_ rows: [EfficiencyRow], _ start: [BacktestCell], _ currency: Currency) {
        for row in rows { tables.add(.capitalEfficiency, start + row.cells(in: currency)) }
    }
}

extension EfficiencyRow {
    /// The cells of `BacktestReport.efficiencyColumns`; amounts in the unit's currency, fractions at 12 decimals.
    func cells(in currency: Currency) -> [BacktestCell] {
        func money(_ units: Int64?) -> BacktestCell {
            units.map { .money($0, decimals: currency.decimals) } ?? .null
        }
        let start: [BacktestCell] = [
            .text(method.rawValue), .text("\(currency.code)"), .count(nights), .count(exceptions),
        ]
        switch outcome {
        case .failure(let refusal):
            return start + [BacktestCell](repeating: .null, count: 8) + [.text(BacktestResults.shown(refusal))]
        case .success(let outcome):
            let found = outcome.method
            return start + [
                .count(found.exceptions), .exact(found.coverage.rounded(toScale: 12)),
                .exact(found.multiplier.rounded(toScale: 12)), money(found.asked), money(found.average),
                money(outcome.engine.average), BacktestCell(outcome.ratio), money(found.excess), .text(""),
            ]
        }
    }
}
