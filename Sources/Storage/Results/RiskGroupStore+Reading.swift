import ClearingModel
import Postgres
import Quantities
import Results
import Scenarios

extension RiskGroupStore {
    /// The simulated risk of an account's groups, in the order of owner and group.
    package func simulatedRisks(of account: AccountCode, run: Int64) throws -> [SimulatedRiskResult] {
        try connection.rows(.explainSimulations, [.int64(run), .text(account.text)]).map { row in
            SimulatedRiskResult(
                owner: try row.code("owner"), riskGroup: try row.code("risk_group"),
                measure: try row.choice("measure"), currency: try row.currency("currency"),
                scenarios: try row.int32("scenarios"), valueAtRisk: try row.decimal("value_at_risk"),
                expectedShortfall: try row.decimal("expected_shortfall"),
                stressedScenarios: try row.int32("stressed_scenarios"),
                stressedExpectedShortfall: try row.decimalOrNull("stressed_expected_shortfall"),
                core: try row.decimal("core"), scanRisk: try row.decimal("scan_risk"), risk: try row.decimal("risk"),
                initialRisk: try row.decimal("initial_risk"), breakExcess: try row.decimalOrNull("break_excess"),
                breakAddOn: try row.decimalOrNull("break_add_on"), simulation: try row.code("simulation"),
                confidence: try row.decimal("confidence"), convention: try row.choice("convention"),
                mporDays: try row.int16("mpor_days"), stressedWeight: try row.decimal("stressed_weight"))
        }
    }

    /// What an account's positions add to the expected shortfalls of its groups, in the order of owner, group and
    /// series.
    package func componentShortfalls(of account: AccountCode, run: Int64) throws -> [ComponentShortfallResult] {
        try connection.rows(.explainComponentShortfalls, [.int64(run), .text(account.text)]).map { row in
            ComponentShortfallResult(
                owner: try row.code("owner"), riskGroup: try row.code("risk_group"), series: try row.code("series"),
                quantity: try row.int64("quantity"), componentShortfall: try row.decimal("component_shortfall"),
                currency: try row.currency("currency"))
        }
    }
}
