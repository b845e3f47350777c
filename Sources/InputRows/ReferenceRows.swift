import ClearingModel
import Quantities

extension Currency {
    /// A row of `currency`.
    package init(row: some InputRow) throws {
        let decimals = try row.integer("minor_unit_decimals")
        guard (0...8).contains(decimals) else { throw row.unreadable("minor_unit_decimals", "\(decimals)") }
        self.init(code: try row.currency("currency"), decimals: decimals)
    }
}

extension Account {
    /// A row of `account`.
    package init(row: some InputRow) throws {
        self.init(
            code: try row.code("account"), member: try row.code("member"), origin: try row.choice("origin"),
            marginingType: try row.choice("margining_type"), accountClass: try row.code("account_class"),
            callCurrency: try row.currency("call_currency"))
    }
}

extension CombinedCommodity {
    /// A row of `combined_commodity`.
    package init(row: some InputRow) throws {
        self.init(
            code: try row.code("combined_commodity"), name: try row.text("name"),
            currency: try row.currency("currency"),
            canTradeAtOrBelowZero: try row.flag("can_trade_at_or_below_zero"),
            isSynthetic: try row.flag("is_synthetic"))
    }
}

extension Contract {
    /// A row of `contract`.
    package init(row: some InputRow) throws {
        let kind: ContractKind =
            try row.isFirst(of: ("future", "option"), in: "kind")
            ? .future(
                FutureTerms(
                    valuation: try row.choice("future_valuation"),
                    discountRate: try row.codeOrNull("discount_rate_code")))
            : .option(
                OptionTerms(
                    model: try row.choice("option_model"), exercise: try row.choice("exercise"),
                    style: try row.choice("option_style"), volatilitySource: try row.choice("volatility_source"),
                    discountRate: try row.code("discount_rate_code"),
                    carryRate: try row.codeOrNull("carry_rate_code"), americanMethod: try AmericanMethod(row: row)))
        self.init(
            code: try row.code("contract"), combinedCommodity: try row.code("combined_commodity"),
            contractValueFactor: try row.decimal("contract_value_factor"),
            deltaScalingFactor: try row.decimal("delta_scaling_factor"), tickSize: try row.decimal("tick_size"),
            kind: kind, referenceGroup: try row.codeOrNull("reference_group"))
    }
}

extension AmericanMethod {
    /// The two columns that a row of `contract` has for it.
    init(row: some InputRow) throws {
        let steps = try row.integerOrNull("lattice_steps") ?? 1
        switch try row.textOrNull("american_method") {
        case nil, "barone_adesi_whaley": self = .baroneAdesiWhaley
        case "leisen_reimer": self = .leisenReimer(steps: steps)
        case "cox_ross_rubinstein": self = .coxRossRubinstein(steps: steps)
        case .some(let method): throw row.unreadable("american_method", method)
        }
    }
}

extension SeriesKind {
    /// An option where right, strike, underlying and expiry are all there; else a future.
    package init(
        expiryDate: BusinessDate?, right: OptionRight?, strike: ExactDecimal?, underlying: UnderlyingCode?,
        secondUnderlying: UnderlyingCode? = nil, averagingFrom: BusinessDate? = nil
    ) {
        if let right, let strike, let underlying, let expiryDate {
            self = .option(
                OptionSeriesTerms(
                    right: right, strike: strike, underlying: underlying, expiryDate: expiryDate,
                    secondUnderlying: secondUnderlying, averagingFrom: averagingFrom))
        } else {
            self = .future(expiryDate: expiryDate, underlying: underlying)
        }
    }
}

extension Series {
    /// A row of `series`.
    package init(row: some InputRow) throws {
        let right: OptionRight? = try row.textOrNull("option_right") == nil ? nil : row.choice("option_right")
        self.init(
            code: try row.code("series"), contract: try row.code("contract"),
            contractMonth: try row.month("contract_month"),
            kind: SeriesKind(
                expiryDate: try row.dateOrNull("expiry_date"), right: right, strike: try row.decimalOrNull("strike"),
                underlying: try row.codeOrNull("underlying"),
                secondUnderlying: try row.codeOrNull("second_underlying"),
                averagingFrom: try row.dateOrNull("averaging_from")))
    }
}
