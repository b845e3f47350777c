import ClearingModel
import Messages
import Postgres
import Quantities

/// What messages to a supervisor are made of beside the calls.
extension MessageStore {
    /// A contribution to the guaranty fund with the member's identification, where it has one.
    package struct Contribution: Sendable {
        package let member: MemberCode
        package let lei: String?
        package let amount: MessageAmount
        /// The member's account at the bank that holds the fund; nil where none is told.
        package let fundAccount: String?
    }

    /// What net option value has taken off requirements, by account.
    package func credits() throws -> [AccountCode: MessageAmount] {
        try one(connection.rows(.messageCredits, [.int64(run.id), .int64(run.load)]), "credit")
    }

    /// Requirement and add-ons at the end of the last published business date before, by account.
    package func previousInitialMargins() throws -> [AccountCode: MessageAmount] {
        try one(
            connection.rows(.messagePreviousCalls, [.int64(run.load), run.businessDate.value]), "initial_margin")
    }

    /// Variation margin of positions, trades and expiries in the call currency, by account; + the account receives.
    /// - Throws: `MessageRefusal` where a rate lacks.
    package func variationMargins() throws -> [AccountCode: MessageAmount] {
        var sums: [AccountCode: MessageAmount] = [:]
        let parameters = [Value.int64(run.id), .int64(run.load), run.businessDate.value]
        for row in try connection.rows(.messageVariationMargin, parameters) {
            let currency = try currency(row, "call_currency")
            guard let amount = try row.decimalOrNull("variation_margin") else {
                throw MessageRefusal.nothingToSay(
                    element: "VartnMrgnRqrmnts",
                    what: "rate from \(try row.text("currency")) into \(currency.code) in fx_rate")
            }
            let account = try row.code("account") as AccountCode
            sums[account] = MessageAmount((sums[account]?.value ?? .zero) + amount, currency)
        }
        return sums
    }

    /// Calls of the intraday runs that the run has pinned, by account.
    package func intradayCalls() throws -> [AccountCode: [RequirementsMessage.IntradayCall]] {
        try byAccount(connection.rows(.messageIntraday, [.int64(run.id), .int64(run.load)])) { row in
            let currency = try currency(row, "call_currency")
            func amount(_ value: ExactDecimal) -> MessageAmount { MessageAmount(value, currency) }
            return RequirementsMessage.IntradayCall(
                publishedAt: try row.text("published_at"),
                initialMargin: amount(try row.decimal("initial_margin")),
                unpaidVariationMargin: amount(try row.decimal("unpaid_variation_margin")),
                called: amount(try row.decimal("call_amount")))
        }
    }

    /// Contributions to the guaranty fund in force, in the order of the members.
    package func contributions() throws -> [Contribution] {
        try connection.rows(.messageContributions, [.int64(run.load), run.businessDate.value]).map { row in
            Contribution(
                member: try row.code("member"), lei: try row.textOrNull("lei"),
                amount: MessageAmount(try row.decimal("amount"), try currency(row, "currency")),
                fundAccount: try row.textOrNull("fund_account"))
        }
    }

    /// What each account and owner would cost in each stress scenario, in the order of the scenarios; none of a run
    /// that was not stressed.
    package func stress() throws -> [(scenario: String, portfolios: [StressMessage.StressedPortfolio])] {
        var scenarios: [(scenario: String, portfolios: [StressMessage.StressedPortfolio])] = []
        for row in try connection.rows(.messageStress, [.int64(run.id), .int64(run.load)]) {
            let scenario = try row.text("scenario")
            let (account, owner) = (try row.text("account"), try row.text("owner"))
            let (currency, rank) = (try currency(row, "currency"), Int(try row.int32("group_rank")))
            if scenarios.last?.scenario != scenario { scenarios.append((scenario, [])) }
            scenarios[scenarios.count - 1].portfolios.append(
                StressMessage.StressedPortfolio(
                    portfolio: owner.isEmpty ? account : "\(account)/\(owner)",
                    exposure: MessageAmount(try row.decimal("exposure"), currency),
                    cover: MessageAmount(try row.decimal("cover"), currency), rank: rank == 0 ? nil : rank))
        }
        return scenarios
    }

    /// What the newest backtest of the month's nights found, in the order of the currencies; none where none was run.
    package func backtest() throws -> [BacktestMessage.MonthlyResult] {
        try connection.rows(.messageBacktest, [.int64(run.load), run.businessDate.value]).map { row in
            let currency = try currency(row, "currency")
            return BacktestMessage.MonthlyResult(
                observations: try row.int64("observations"), exceptions: try row.int64("exceptions"),
                excess: MessageAmount(try row.decimal("excess"), currency),
                largest: MessageAmount(try row.decimal("largest"), currency), unit: try row.textOrNull("unit"))
        }
    }

    /// What is held, by account in the order of the codes.
    /// - Throws: `MessageRefusal` where a price or delta lacks.
    package func portfolios() throws -> [(account: AccountCode, positions: [PositionsMessage.SupervisedPosition])] {
        var portfolios: [(account: AccountCode, positions: [PositionsMessage.SupervisedPosition])] = []
        let parameters = [
            Value.int64(run.id), .int64(run.load), run.businessDate.value, run.cycle.value,
        ]
        for row in try connection.rows(.messagePositions, parameters) {
            let (account, series) = (try row.code("account") as AccountCode, try row.code("series") as SeriesCode)
            let currency = try currency(row, "currency")
            guard let gross = try row.decimalOrNull("gross_notional"),
                let net = try row.decimalOrNull("net_notional"), let delta = try row.decimalOrNull("gross_delta"),
                let market = try row.decimalOrNull("gross_market_value")
            else {
                throw MessageRefusal.nothingToSay(element: "GrssNtnl", what: "price or delta of \(series)")
            }
            if portfolios.last?.account != account { portfolios.append((account, [])) }
            portfolios[portfolios.count - 1].positions.append(
                PositionsMessage.SupervisedPosition(
                    series: series, grossNotional: MessageAmount(gross, currency),
                    netNotional: MessageAmount(net, currency), grossDelta: delta,
                    netDelta: try row.decimal("net_delta"), grossMarketValue: MessageAmount(market, currency)))
        }
        return portfolios
    }

    /// An amount an account, in the call currency.
    private func one(_ rows: Rows, _ column: Row.Column) throws -> [AccountCode: MessageAmount] {
        var amounts: [AccountCode: MessageAmount] = [:]
        for row in rows {
            amounts[try row.code("account")] = MessageAmount(
                try row.decimal(column), try currency(row, "call_currency"))
        }
        return amounts
    }
}
