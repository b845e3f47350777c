import ClearingModel
import Margining
import Postgres
import Quantities

extension RequirementWriter {
    func saveComponents(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.combined_commodity_risk (run_id, account, owner, combined_commodity, currency,
                portfolio_array, array_decimals, active_scenario, scan, time_risk, volatility_risk, price_risk,
                contract_months, month_deltas, remaining_deltas, net_delta, weighted_price_risk_normal,
                weighted_price_risk, intra_charge, delivery_charge, inter_credit, applied_credit,
                short_option_minimum, net_option_value, risk, initial_risk, standalone_initial_risk, scan_spread) from
                stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                for risk in owned.requirement.combinedCommodities {
                    try writer.row(28)
                    writer.key(run, owned)
                    write(risk, to: &writer)
                }
            }
        }
    }

    private func write(_ risk: CombinedCommodityRisk, to writer: inout BinaryCopyWriter) {
        let terms = book.combinedCommodities[risk.combinedCommodity]
        writer.text(terms.code.text)
        writer.text(terms.currency.code.description)
        if terms.keepsWorkings { writer.int64Array(risk.array) } else { writer.null() }
        writer.int16(Int16(risk.arrayDecimals))
        writer.scenario(risk.scanning.activeScenario)
        writer.money(risk.scan)
        writer.decimalOrNull(risk.scanning.time)
        writer.decimalOrNull(risk.scanning.volatility)
        writer.decimalOrNull(risk.scanning.price)
        if terms.keepsWorkings {
            writer.months(risk.months)
            writer.deltas(risk.monthDeltas)
            writer.deltas(risk.remainingDeltas)
        } else {
            for _ in 0..<3 { writer.null() }
        }
        writer.delta(risk.netDelta)
        writer.decimalOrNull(risk.weightedPriceRiskNormal)
        writer.decimalOrNull(risk.weightedPriceRisk)
        for amount in [
            risk.intraCharge, risk.deliveryCharge, risk.interCredit, risk.appliedCredit, risk.shortOptionMinimum,
            risk.netOptionValue, risk.risk, risk.initialRisk, risk.standaloneInitialRisk,
        ] { writer.money(amount) }
        writer.text(risk.scanSpread.map { book.interSpreads[$0].code.text } ?? "")
    }

    func saveTiers(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.tier_risk (run_id, account, owner, combined_commodity, tier, active_scenario, scan, time_risk,
                volatility_risk, price_risk, net_delta, weighted_price_risk) from stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                for risk in owned.requirement.combinedCommodities {
                    let terms = book.combinedCommodities[risk.combinedCommodity]
                    guard terms.keepsWorkings else { continue }
                    for tier in risk.tiers {
                        try writer.row(12)
                        writer.key(run, owned)
                        writer.text(terms.code.text)
                        writer.text(terms.tiers[tier.tier].code.text)
                        writer.scanning(tier.scanning)
                        writer.delta(tier.netDelta)
                        writer.decimalOrNull(tier.weightedPriceRisk)
                    }
                }
            }
        }
    }

    func saveScanSpreads(_ requirements: [AccountRequirement?], _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.scan_spread_risk (run_id, account, owner, spread, currency, legs, portfolio_array,
                active_scenario, scan, time_risk, volatility_risk, price_risk, intra_charge, delivery_charge,
                applied_credit, short_option_minimum, net_option_value, risk, initial_risk) from stdin (format binary)
            """
        ) { writer in
            try forEachOwner(requirements) { owned in
                for line in owned.requirement.riskLines {
                    guard case .scanSpread(let spread) = line.source,
                        let group = owned.requirement.scanGroups.first(where: { $0.spread == spread })
                    else { continue }
                    try writer.row(19)
                    writer.key(run, owned)
                    writer.text(book.interSpreads[spread].code.text)
                    writer.text(line.risk.currency.code.description)
                    writer.textArray(line.legs.map { book.combinedCommodities[$0].code.text })
                    writer.numericArray(group.array.map { ($0.mantissa, $0.scale) })
                    writer.scenario(group.scanning.activeScenario)
                    writer.money(line.scan)
                    writer.decimalOrNull(group.scanning.time)
                    writer.decimalOrNull(group.scanning.volatility)
                    writer.decimalOrNull(group.scanning.price)
                    for amount in [
                        line.intra, line.delivery, line.credits, line.shortOptionMinimum, line.netOptionValue,
                        line.risk,
                        line.initialRisk,
                    ] { writer.money(amount) }
                }
            }
        }
    }
}

extension BinaryCopyWriter {
    mutating func scenario(_ number: Int?) {
        if let number { int16(Int16(number)) } else { null() }
    }

    /// Active scenario, scan, time, volatility and price risk.
    fileprivate mutating func scanning(_ risk: ScanningRisk) {
        scenario(risk.activeScenario)
        decimal(risk.scan)
        decimalOrNull(risk.time)
        decimalOrNull(risk.volatility)
        decimalOrNull(risk.price)
    }
}
