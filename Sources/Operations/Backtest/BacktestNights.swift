import ClearingModel
import EndOfDay
import Margining
import MarketModel
import Parameters
import Quantities
import Runtime
import Storage
import Stress
import Validation

/// Reads the published nights of a backtest one after the other, and holds each against the prices of its horizon.
struct BacktestNights {
    let backtest: StatedBacktest
    let portfolios: [HypotheticalPortfolio]
    /// In which products and hypothetical portfolios are called.
    let base: Currency
    let calendar: BusinessCalendar
    let pin: Int64
    let threads: Int
    let histories: FactorHistories
    let database: Database

    /// The business days that the backtest spans: a unit's nights stand at their places among them.
    let days: [BusinessDate]

    var units = BacktestUnits()
    private(set) var shortfalls = BacktestShortfalls()
    /// The last requirement of each inter-commodity portfolio, as it was and with credit rates cut, or why there is
    /// none.
    var credits: [HypotheticalPortfolioCode: Result<CutCredit, ValidationRefusal>] = [:]

    /// A requirement in minor units.
    struct CutCredit {
        let base: Int64
        let cut: Int64
    }

    init(
        _ backtest: StatedBacktest, portfolios: [HypotheticalPortfolio], base: Currency, calendar: BusinessCalendar,
        pin: Int64, threads: Int, _ histories: FactorHistories, _ database: Database
    ) {
        self.backtest = backtest
        self.portfolios = portfolios
        self.base = base
        self.calendar = calendar
        self.pin = pin
        self.threads = threads
        self.histories = histories
        self.database = database
        days = calendar.businessDays.filter { backtest.fromDate <= $0 && $0 <= backtest.toDate }
    }

    /// Tests every published night that is as old as the horizon, and margins constant portfolios on the younger ones
    /// too. Returns how many were tested.
    mutating func read() async throws -> Int {
        let runs = try BacktestNightStore(database).nights(.endOfDay, from: backtest.fromDate, to: backtest.toDate)
        var tested = 0
        for run in runs {
            guard let day = days.firstIndex(of: run.businessDate) else { continue }
            if try await read(run, at: day) { tested += 1 }
            Progress.part("\(run.businessDate), \(tested) nights")
            try StopSignals.check()
        }
        return tested
    }

    /// False where the night is not yet as old as the horizon: then constant portfolios have a margin and no exposure,
    /// and none where the calendar does not reach so far.
    private mutating func read(_ run: PinnedRun, at day: Int) async throws -> Bool {
        let h = backtest.terms.horizonDays
        let horizon = Array(calendar.businessDays.drop { $0 <= run.businessDate }.prefix(h))
        guard horizon.count == h, let end = horizon.last else { return false }
        let house = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let market = try BacktestMarket(run, house: house, horizon: horizon, pin: pin, database)
        let parameters = try ParameterSet.load(run.parameters, from: database)
        let rates = try MarketStore(database, of: run, scope: .whole).exchangeRates()
        let arrays = try PublishedArrayStore(database).load(run: run.id, scope: .whole)
        let underlyingPrices = try MarketSnapshot.load(
            pinnedAt: run.load, businessDate: run.businessDate, cycle: run.cycle, series: house.series, from: database
        ).underlyingPrices
        let night = BacktestNight(
            run: run, day: day, house: house, parameters: parameters, market: market,
            rates: ExchangeRates(house.currencies, rates: rates, haircuts: [:]),
            callRates: ExchangeRates(house.currencies, rates: rates, haircuts: parameters.fxHaircuts),
            prices: HorizonPrices.bySeries(market.prices), end: end, arrays: arrays,
            underlyingPrices: underlyingPrices,
            plain: market.plainSeries(arrays, underlyingPrices: underlyingPrices), histories: histories,
            confidence: backtest.terms.confidence)
        if night.isTested { try readBook(night) }
        try await readHypothetical(night)
        return night.isTested
    }

    /// The accounts and owners that hold something.
    private mutating func readBook(_ night: BacktestNight) throws {
        let store = BacktestNightStore(database)
        let holdings = Dictionary(grouping: try store.holdings(of: night.run), by: \.account)
        let covers = try StressInputStore(database).covers(
            run: night.run.id, house: night.house, rates: night.callRates)
        let stress = try store.stressAddOns(run: night.run.id)
        let tails = Dictionary(grouping: try store.shortfalls(run: night.run.id), by: \.account)
        for account in night.house.accounts {
            guard let held = holdings[account.code] else { continue }
            let call = try night.rates.into(account.callCurrency).callCurrency
            let charge = (stress[account.code] ?? .zero).minorUnits(decimals: call.decimals)
            let cover = covers[account.code] ?? AccountCover()
            let owners = account.marginingType == .segregated ? night.house.owners[account.code] ?? [] : [.none]
            let shares = sharedByLargestRemainder(
                cover.addOns + charge, weights: owners.map { cover.owners[$0]?.requirement ?? 0 })
            for (owner, share) in zip(owners, shares) {
                let own = cover.owners[owner] ?? AccountCover.Owner()
                let isOwner = account.marginingType == .segregated
                let model = isOwner ? own.requirement : cover.requirement
                let collected =
                    isOwner
                    ? model + own.addOns + share
                    : model + cover.addOns + cover.owners.values.reduce(0) { $0 + $1.addOns } + charge
                let positions = held.filter { !isOwner || $0.owner == owner }.map(\.position)
                guard !positions.isEmpty else { continue }
                let unit = BacktestUnit(
                    kind: isOwner ? .owner : .account, code: isOwner ? "\(account.code)/\(owner)" : "\(account.code)")
                units.add(
                    night.tested(
                        Self.joined(positions), isGross: account.marginingType == .grossOmnibus, in: call,
                        model: model, collected: collected), of: unit, at: night.day)
                let ownTails = (tails[account.code] ?? []).filter { !isOwner || $0.owner == owner }
                try shortfalls.add(ownTails, of: unit.code, positions, night, horizonDays: backtest.terms.horizonDays)
            }
        }
    }

    /// One row a series: rows of several owners of an account that is margined whole are added up.
    private static func joined(_ positions: [FrozenPosition]) -> [FrozenPosition] {
        Dictionary(grouping: positions, by: \.series).map { series, rows in
            FrozenPosition(
                series: series, long: rows.reduce(0) { $0 + $1.long }, short: rows.reduce(0) { $0 + $1.short })
        }.sorted { $0.series < $1.series }
    }
}

/// One published night with everything that its units are tested by.
struct BacktestNight {
    let run: PinnedRun
    let day: Int
    let house: ClearingHouse
    let parameters: ParameterSet
    let market: BacktestMarket
    /// Without haircuts.
    let rates: ExchangeRates
    /// With the haircuts of requirements.
    let callRates: ExchangeRates
    let prices: [SeriesCode: HorizonPrices]
    /// t + h.
    let end: BusinessDate
    /// As they are published.
    let arrays: [PublishedRiskArray]
    let underlyingPrices: [UnderlyingCode: ExactDecimal]
    let plain: [SeriesCode: PlainSeries]
    let histories: FactorHistories
    let confidence: ExactDecimal

    /// Whether anything was priced at the horizon.
    var isTested: Bool { market.hasLaterPrices }

    /// A unit's positions closed out at the horizon with what other methods would have asked for them, or why they
    /// cannot be; the margin alone where the night is not yet so old. `legsAlone` is each position by the engine, where
    /// that was asked.
    func tested(
        _ positions: [FrozenPosition], isGross: Bool, in currency: Currency, model: Int64, collected: Int64?,
        legsAlone: Result<Int64, ValidationRefusal>? = nil
    ) -> BacktestUnitNight {
        guard isTested else { return BacktestUnitNight(currency, untested: model) }
        do throws(ValidationRefusal) {
            guard let into = try? rates.into(currency.code) else {
                throw ValidationRefusal(
                    .rateMissing, "\(currency.code)", table: "fx_rate", "no rate into \(currency.code)")
            }
            let exposure = try FrozenExposure(prices, rates: into).closeOut(positions, isGross: isGross)
            var others = others(positions, isGross: isGross, into)
            if let legsAlone { others[.legsAlone] = legsAlone }
            return BacktestUnitNight(
                currency, exposure: exposure, model: model, collected: collected, others: others)
        } catch {
            return BacktestUnitNight(currency, refusal: error, model: model, collected: collected)
        }
    }

    private func others(
        _ positions: [FrozenPosition], isGross: Bool, _ into: CallCurrencyRates
    ) -> [MarginMethod: Result<Int64, ValidationRefusal>] {
        let plain = PlainMargins(plain, rates: into)
        return [
            .notional: Result { () throws(ValidationRefusal) in try plain.notional(positions, isGross: isGross) },
            .legsAlone: Result { () throws(ValidationRefusal) in try plain.legsAlone(positions, isGross: isGross) },
            .historicalValueAtRisk: Result { () throws(ValidationRefusal) in
                try plain.historicalValueAtRisk(
                    positions, isGross: isGross, on: run.businessDate, confidence: confidence,
                    moves: histories.plainMoves(of:))
            },
        ]
    }
}
