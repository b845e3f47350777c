import ClearingModel
import Quantities
import Scenarios

extension SimulationParameters {
    /// One parameter set's from the rows of its tables. A set without groups is read no further.
    package init<Row: InputRow>(rows: (InputTable) throws -> [Row]) throws {
        let groups = try rows(.riskGroup)
        guard !groups.isEmpty else {
            self = .none
            return
        }
        var commodities: [RiskGroupCode: [CombinedCommodityCode]] = [:]
        for row in try rows(.riskGroupCommodity) {
            commodities[try row.code("risk_group"), default: []].append(try row.code("combined_commodity"))
        }
        var windows: [SimulationCode: [StressedWindow]] = [:]
        for row in try rows(.stressedWindow) {
            windows[try row.code("simulation"), default: []].append(
                StressedWindow(from: try row.date("from_date"), to: try row.date("to_date")))
        }
        self.init(
            riskFactors: try rows(.riskFactor).map { try RiskFactor(row: $0) },
            mappings: try rows(.riskFactorMapping).map { try RiskFactorMapping(row: $0) },
            simulations: try rows(.simulation).map { try Simulation(row: $0) }, stressedWindows: windows,
            riskGroups: try groups.map { row in
                let code: RiskGroupCode = try row.code("risk_group")
                return RiskGroup(
                    code: code, simulation: try row.code("simulation"), measure: try row.choice("measure"),
                    combinedCommodities: (commodities[code] ?? []).sorted())
            }.sorted { $0.code < $1.code })
    }
}

extension RiskFactor {
    /// A row of `risk_factor`.
    init(row: some InputRow) throws {
        self.init(
            code: try row.code("risk_factor"), returnKind: try row.choice("return_kind"),
            filter: VolatilityFilter(
                seedDays: try row.integer("seed_days"), lambda: try row.decimal("lambda").double,
                volatilityFloor: try row.decimal("volatility_floor").double,
                lowerClamp: try row.decimal("lower_clamp").double, upperClamp: try row.decimal("upper_clamp").double))
    }
}

extension RiskFactorMapping {
    /// A row of `risk_factor_mapping`.
    package init(row: some InputRow) throws {
        let series = try row.text("series")
        self.init(
            combinedCommodity: try row.code("combined_commodity"), series: series.isEmpty ? nil : SeriesCode(series),
            priceFactor: try row.code("price_factor"), volatilityFactor: try row.codeOrNull("volatility_factor"))
    }
}

extension Simulation {
    /// A row of `simulation`.
    init(row: some InputRow) throws {
        let window = try row.integerOrNull("break_window")
        self.init(
            code: try row.code("simulation"), confidence: try row.decimal("confidence"),
            convention: try row.choice("convention"), mporDays: try row.integer("mpor_days"),
            lookBackDays: try row.integerOrNull("look_back_days"), isFiltered: try row.flag("is_filtered"),
            stressedWeight: try row.decimal("stressed_weight"),
            keepsLosses: try row.flagOrNull("keeps_losses") ?? false,
            correlationBreak: try window.map { window in
                CorrelationBreakRow(
                    window: window, kappa: try row.decimal("break_kappa"), lower: try row.decimal("break_lower"),
                    upper: try row.decimal("break_upper"))
            })
    }
}
