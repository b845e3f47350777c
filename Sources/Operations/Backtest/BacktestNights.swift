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
    let database: Database

    /// The business days that the backtest spans: a unit's nights stand at their places among them.
    let days: [BusinessDate]

    private(set) var units = BacktestUnits()
    private(set) var shortfalls = BacktestShortfalls()
    /// The last night's requirement of each hypothetical portfolio, as it was and with credit rates cut.
    private(set) var credits: [HypotheticalPortfolioCode: (base: Int64, cut: Int64)] = [:]

    init(
        _ backtest: StatedBacktest, portfolios: [HypotheticalPortfolio], base: Currency, calendar: BusinessCalendar,
        pin: Int64, threads: Int, _ database: Database
    ) {
        self.backtest = backtest
        self.portfolios = portfolios
        self.base = base
        self.calendar = calendar
        self.pin = pin
        self.threads = threads
        self.database = database
        days = calendar.businessDays.filter { backtest.fromDate <= $0 && $0 <= backtest.toDate }
    }

    /// Tests every published night that is as old as the horizon. Returns how many there were.
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

    /// False where the night is not yet as old as the horizon.
    private mutating func read(_ run: PinnedRun, at day: Int) async throws -> Bool {
        let h = backtest.terms.horizonDays
        let horizon = Array(calendar.businessDays.drop { $0 <= run.businessDate }.prefix(h))
        guard horizon.count == h, let end = horizon.last else { return false }
        let house = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let market = try BacktestMarket(run, house: house, horizon: horizon, pin: pin, database)
        guard market.hasLaterPrices else { return false }
        let parameters = try ParameterSet.load(run.parameters, from: database)
        let rates = try MarketStore(database, of: run, scope: .whole).exchangeRates()
        let night = BacktestNight(
            run: run, day: day, house: house, parameters: parameters, market: market,
            rates: ExchangeRates(house.currencies, rates: rates, haircuts: [:]),
            callRates: ExchangeRates(house.currencies, rates: rates, haircuts: parameters.fxHaircuts),
            prices: HorizonPrices.bySeries(market.prices), end: end)
        try readBook(night)
        try await readHypothetical(night)
        return true
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

    /// Products from the published arrays, and hypothetical portfolios margined by the same kernels.
    private mutating func readHypothetical(_ night: BacktestNight) async throws {
        let arrays = try PublishedArrayStore(database).load(run: night.run.id, scope: .whole)
        let snapshot = try MarketSnapshot.load(
            pinnedAt: night.run.load, businessDate: night.run.businessDate, cycle: night.run.cycle,
            series: night.house.series, from: database)
        let liquidity = try LiquidityStore(database).liquidity(pin: night.run.load, night.run.businessDate)
        let listing = HypotheticalListing(
            night.market.listed(Set(arrays.map(\.series)), underlyingPrices: snapshot.underlyingPrices),
            horizonEnd: night.end, averageDailyVolumes: liquidity.mapValues(\.averageDailyVolume))
        let byCode = Dictionary(arrays.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
        for commodity in night.house.combinedCommodities {
            guard let series = listing.nearestFuture(of: commodity.code), let array = byCode[series] else { continue }
            addProduct(commodity, series, array, night)
        }
        try await addPortfolios(listing, night)
    }

    private mutating func addProduct(
        _ commodity: CombinedCommodity, _ series: SeriesCode, _ array: PublishedRiskArray, _ night: BacktestNight
    ) {
        for (side, quantity) in [("long", Int64(1)), ("short", -1)] {
            let worst = array.values.reduce(Int64(0)) { max($0, quantity * $1) }
            let amount = ExactDecimal(mantissa: Int128(worst), scale: array.arrayDecimals)
            let unit = BacktestUnit(kind: .product, code: "\(commodity.code) \(side)")
            let position = FrozenPosition(series: series, long: max(0, quantity), short: max(0, -quantity))
            guard let rate = try? night.rates.into(base.code).rate(from: commodity.currency).rate,
                let margin = amount.minorUnits(times: rate, decimals: base.decimals)
            else {
                let refusal = ValidationRefusal(
                    .rateMissing, "\(commodity.currency) \(base.code)", table: "fx_rate", column: "rate",
                    "no rate from \(commodity.currency) to \(base.code)")
                units.add(BacktestUnitNight(base, refusal: refusal), of: unit, at: night.day)
                continue
            }
            units.add(
                night.tested([position], isGross: false, in: base, model: margin, collected: nil), of: unit,
                at: night.day)
        }
    }

    private mutating func addPortfolios(_ listing: HypotheticalListing, _ night: BacktestNight) async throws {
        var filled: [(code: HypotheticalPortfolioCode, held: [FrozenPosition])] = []
        for portfolio in portfolios {
            do throws(ValidationRefusal) {
                filled.append((portfolio.code, try listing.positions(of: portfolio)))
            } catch {
                let unit = BacktestUnit(kind: .hypothetical, code: portfolio.code.text)
                units.add(BacktestUnitNight(base, refusal: error), of: unit, at: night.day)
            }
        }
        guard !filled.isEmpty else { return }
        let interCommodity = Set(portfolios.filter { $0.kind == .interCommodity }.map(\.code))
        let margins = try await HypotheticalMargins.prepare(
            night.run, accountClass: backtest.accountClass, callCurrency: base.code, portfolios: filled,
            threads: threads, from: database
        ).margins(threads: threads)
        for (portfolio, margin) in zip(filled, margins) {
            guard let margin else { continue }
            units.add(
                night.tested(
                    portfolio.held, isGross: false, in: base, model: margin.model, collected: margin.collected),
                of: BacktestUnit(kind: .hypothetical, code: portfolio.code.text), at: night.day)
            if interCommodity.contains(portfolio.code) {
                credits[portfolio.code] = (margin.model, margin.withoutCredit)
            }
        }
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

    /// A unit's positions closed out at the horizon, or why they cannot be.
    func tested(
        _ positions: [FrozenPosition], isGross: Bool, in currency: Currency, model: Int64, collected: Int64?
    ) -> BacktestUnitNight {
        do throws(ValidationRefusal) {
            guard let into = try? rates.into(currency.code) else {
                throw ValidationRefusal(
                    .rateMissing, "\(currency.code)", table: "fx_rate", "no rate into \(currency.code)")
            }
            let exposure = try FrozenExposure(prices, rates: into).closeOut(positions, isGross: isGross)
            return BacktestUnitNight(currency, exposure: exposure, model: model, collected: collected)
        } catch {
            return BacktestUnitNight(currency, refusal: error, model: model, collected: collected)
        }
    }
}
