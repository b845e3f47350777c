import ClearingModel
import Digests
import Margining
import Postgres
import Quantities
import Results
import Scenarios

/// What a run's risk groups came to; written table by table in the order given.
package struct RiskGroupStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes results, which come in the order account, owner, group, and returns the rows written.
    package func save(_ results: [RiskGroupResult], run: Int64) throws -> Int64 {
        guard !results.isEmpty else { return 0 }
        return Int64(
            try saveMeasures(results, run) + saveComponents(results, run) + saveShares(results, run))
    }

    private func saveMeasures(_ results: [RiskGroupResult], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.value_at_risk (run_id, account, owner, risk_group, measure, currency, scenarios, value_at_risk,
                expected_shortfall, stressed_scenarios, stressed_expected_shortfall, core, scan_risk, risk, challenger,
                initial_risk, break_excess, break_add_on, losses_sha256, losses,
                stressed_losses) from stdin (format binary)
            """
        ) { writer in
            for result in results {
                let (tail, outcome) = (result.tail, result.outcome)
                func money(_ amount: ExactFraction) -> Money { Money(rounding: amount, currency: tail.currency) }
                try writer.row(21)
                writer.key(run, result)
                writer.text(outcome.simulated.measure.rawValue)
                writer.text(tail.currency.code.description)
                writer.int32(Int32(result.scenarios))
                writer.money(money(tail.valueAtRisk))
                writer.money(money(tail.expectedShortfall))
                writer.int32(Int32(result.stressedScenarios))
                if let stressed = tail.stressedExpectedShortfall {
                    writer.money(money(stressed))
                } else {
                    writer.null()
                }
                for amount in [
                    outcome.simulated.core, outcome.scanRisk, outcome.risk, outcome.challenger, outcome.initialRisk,
                ] { writer.money(amount) }
                if let found = tail.correlationBreak {
                    writer.numeric(unscaled: arrayUnits(rounding: found.excess, decimals: 6), scale: 6)
                    writer.money(found.addOn)
                } else {
                    writer.null()
                    writer.null()
                }
                writer.bytea(result.lossDigest.bytes)
                for losses in [result.losses, result.stressedLosses] {
                    if let losses { writer.int64Array(losses) } else { writer.null() }
                }
            }
        }
    }

    private func saveComponents(_ results: [RiskGroupResult], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.component_shortfall (run_id, account, owner, risk_group, series, quantity, currency,
                component_shortfall) from stdin (format binary)
            """
        ) { writer in
            for result in results {
                for (position, amount) in zip(result.positions, result.tail.componentAmounts) {
                    try writer.row(8)
                    writer.key(run, result)
                    writer.text(position.series.text)
                    writer.int64(position.quantity)
                    writer.text(amount.currency.code.description)
                    writer.money(amount)
                }
            }
        }
    }

    private func saveShares(_ results: [RiskGroupResult], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.risk_group_share (run_id, account, owner, combined_commodity, risk_group, currency,
                standalone_core, risk, initial_risk, standalone_initial_risk) from stdin (format binary)
            """
        ) { writer in
            for result in results {
                for (commodity, share) in zip(result.combinedCommodities, result.outcome.shares) {
                    try writer.row(10)
                    writer.int64(run)
                    for code in [result.account.text, result.owner.text, commodity.text, result.riskGroup.text] {
                        writer.text(code)
                    }
                    writer.text(share.risk.currency.code.description)
                    for amount in [
                        share.standaloneCore, share.risk, share.initialRisk, share.standaloneInitialRisk,
                    ] { writer.money(amount) }
                }
            }
        }
    }
}

extension RiskGroupStore {
    /// A run's groups in the order account, owner, group; their combined commodities in the order of the codes.
    package func load(run: Int64, currencies: [Currency]) throws -> [SimulatedGroupRow] {
        var groups: [SimulatedGroupRow] = []
        for row in try connection.rows(.loadSimulatedGroups, [.int64(run)]) {
            let code = try row.currency("currency")
            guard let currency = currencies.first(where: { $0.code == code }) else {
                throw UnreadableValue(column: "currency", value: code.description)
            }
            func money(_ column: Row.Column) throws -> Money {
                Money(rounding: try row.decimal(column), currency: currency)
            }
            let group = SimulatedGroupRow(
                account: try row.code("account"), owner: try row.code("owner"), riskGroup: try row.code("risk_group"),
                measure: try row.choice("measure"),
                core: try money("core"), valueAtRisk: try money("value_at_risk"),
                breakExcess: try row.decimalOrNull("break_excess"),
                breakAddOn: try row.isNull("break_add_on") ? nil : try money("break_add_on"), held: [])
            if groups.last?.account != group.account || groups.last?.owner != group.owner
                || groups.last?.riskGroup != group.riskGroup
            {
                groups.append(group)
            }
            if try !row.isNull("standalone_core") {
                groups[groups.count - 1].held.append((try row.code("combined_commodity"), try money("standalone_core")))
            }
        }
        return groups
    }
}

extension BinaryCopyWriter {
    /// Run, account, owner and risk group.
    fileprivate mutating func key(_ run: Int64, _ result: RiskGroupResult) {
        int64(run)
        for code in [result.account.text, result.owner.text, result.riskGroup.text] { text(code) }
    }
}
