import ClearingModel
import Postgres
import Quantities
import Results

extension RequirementStore {
    /// An account's combined commodities, in the order of currency, owner and combined commodity.
    package func components(of account: AccountCode, run: Int64) throws -> [ComponentResult] {
        try connection.rows(.explainComponents, [.int64(run), .text(account.text)]).map { row in
            ComponentResult(
                owner: try row.code("owner"), combinedCommodity: try row.code("combined_commodity"),
                currency: try row.currency("currency"), scan: try row.decimal("scan"),
                activeScenario: try row.int16OrNull("active_scenario"),
                timeRisk: try row.decimalOrNull("time_risk"),
                volatilityRisk: try row.decimalOrNull("volatility_risk"),
                priceRisk: try row.decimalOrNull("price_risk"), netDelta: try row.delta("net_delta"),
                weightedPriceRisk: try row.decimalOrNull("weighted_price_risk"),
                intraCharge: try row.decimal("intra_charge"), deliveryCharge: try row.decimal("delivery_charge"),
                interCredit: try row.decimal("inter_credit"), appliedCredit: try row.decimal("applied_credit"),
                shortOptionMinimum: try row.decimal("short_option_minimum"),
                netOptionValue: try row.decimal("net_option_value"), risk: try row.decimal("risk"),
                initialRisk: try row.decimal("initial_risk"), scanSpread: try row.codeOrEmpty("scan_spread"),
                arrayDecimals: try row.int16("array_decimals"), riskGroup: try row.codeOrEmpty("risk_group"),
                shortOptionMinimumMethod: try row.choice("short_option_minimum_method"),
                shortOptionMinimumRate: try row.decimal("short_option_minimum_rate"))
        }
    }

    /// The spreads an account's positions have formed: super ones, then calendar spreads, then those between combined
    /// commodities; of each owner in the order in which they formed.
    package func spreads(of account: AccountCode, run: Int64) throws -> [SpreadLegResult] {
        try connection.rows(.explainSpreads, [.int64(run), .text(account.text)]).map { row in
            SpreadLegResult(
                owner: try row.code("owner"), step: try row.choice("step"), spread: try row.code("spread"),
                leg: try row.int16("leg"), combinedCommodity: try row.code("combined_commodity"),
                pool: try row.text("pool"), side: try row.choice("side"), count: try row.delta("spread_count"),
                consumed: try row.delta("consumed"),
                weightedPriceRisk: try row.decimalOrNull("weighted_price_risk"), rate: try row.decimal("rate"),
                currency: try row.currency("currency"), charge: try row.decimal("charge"),
                credit: try row.decimal("credit"))
        }
    }

    /// The contract months an account is charged delivery for, in the order of owner, combined commodity and month.
    package func deliveryMonths(of account: AccountCode, run: Int64) throws -> [DeliveryMonthResult] {
        try connection.rows(.explainDeliveryMonths, [.int64(run), .text(account.text)]).map { row in
            DeliveryMonthResult(
                owner: try row.code("owner"), combinedCommodity: try row.code("combined_commodity"),
                contractMonth: try row.month("contract_month"), remaining: try row.delta("remaining"),
                outrightRate: try row.decimal("outright_rate"), consumed: try row.delta("consumed"),
                spreadRate: try row.decimal("spread_rate"), charge: try row.decimal("charge"))
        }
    }

    /// The option positions behind an account's requirement, in the order of owner, combined commodity and series.
    package func optionValues(of account: AccountCode, run: Int64) throws -> [OptionValueResult] {
        try connection.rows(.explainOptionValues, [.int64(run), .text(account.text)]).map { row in
            OptionValueResult(
                owner: try row.code("owner"), combinedCommodity: try row.code("combined_commodity"),
                series: try row.code("series"), right: try row.choice("option_right"),
                style: try row.choice("option_style"), longQuantity: try row.int64("long_quantity"),
                shortQuantity: try row.int64("short_quantity"), settlementPrice: try row.decimalOrNull("price"),
                contractValueFactor: try row.decimal("contract_value_factor"),
                arrayDecimals: try row.int16("array_decimals"), longLoss: try row.int64("long_loss"))
        }
    }

    /// The positions behind an account's requirement with the run's arrays, in the order of series and owner.
    package func positions(of account: AccountCode, run: Int64) throws -> [PositionResult] {
        try connection.rows(.explainPositions, [.int64(run), .text(account.text)]).map { row in
            PositionResult(
                owner: try row.code("owner"), combinedCommodity: try row.code("combined_commodity"),
                series: try row.code("series"), longQuantity: try row.int64("long_quantity"),
                shortQuantity: try row.int64("short_quantity"), arrayDecimals: Int(try row.int16("array_decimals")),
                array: try row.int64Array("risk_array"))
        }
    }
}

extension Row {
    /// Of the domain `margin.delta`.
    fileprivate func delta(_ column: Column) throws -> Delta {
        Delta(units: try numericScaled(column, scale: Delta.decimals))
    }

    /// A code; nil where the column is empty, which stands for none.
    fileprivate func codeOrEmpty<Code: IdentifyingCode>(_ column: Column) throws -> Code? {
        let text = try text(column)
        return text.isEmpty ? nil : Code(text)
    }
}
