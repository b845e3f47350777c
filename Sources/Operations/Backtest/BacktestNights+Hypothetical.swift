import ClearingModel
import EndOfDay
import Margining
import MarketModel
import Quantities
import Results
import Storage
import Validation

/// Portfolios that nobody holds: a unit of each product, and the hypothetical ones.
extension BacktestNights {
    /// Products from the published arrays, and hypothetical portfolios margined by the same kernels.
    mutating func readHypothetical(_ night: BacktestNight) async throws {
        let liquidity = try LiquidityStore(database).liquidity(pin: night.run.load, night.run.businessDate)
        let listing = HypotheticalListing(
            night.market.listed(Set(night.arrays.map(\.series)), underlyingPrices: night.underlyingPrices),
            horizonEnd: night.end, averageDailyVolumes: liquidity.mapValues(\.averageDailyVolume))
        let byCode = Dictionary(night.arrays.map { ($0.series, $0) }, uniquingKeysWith: { first, _ in first })
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
                refuse(refusal, unit, commodity.code, night)
                continue
            }
            add(
                night.tested([position], isGross: false, in: base, model: margin, collected: nil), unit,
                commodity.code, night)
        }
    }

    private mutating func addPortfolios(_ listing: HypotheticalListing, _ night: BacktestNight) async throws {
        var filled: [(portfolio: HypotheticalPortfolio, held: [FrozenPosition])] = []
        for portfolio in portfolios {
            do throws(ValidationRefusal) {
                filled.append((portfolio, try listing.positions(of: portfolio)))
            } catch {
                refuse(error, portfolio, night)
            }
        }
        guard !filled.isEmpty else { return }
        let margins = try await margins(of: filled.map { ($0.portfolio.code, $0.held) }, night)
        // Each position of several by itself, by the same engine.
        let several = filled.filter { $0.held.count > 1 && night.isTested }
        let legs = several.flatMap { portfolio, held in
            held.map { (HypotheticalPortfolioCode("\(portfolio.code) \($0.series)"), [$0]) }
        }
        let alone = legs.isEmpty ? [] : try await self.margins(of: legs, night)
        var next = alone.startIndex
        for ((portfolio, held), margin) in zip(filled, margins) {
            var own = [margin]
            if held.count > 1, night.isTested {
                own = Array(alone[next..<next + held.count])
                next += held.count
            }
            switch margin {
            case .failure(let refusal): refuse(refusal, portfolio, night)
            case .success(nil): break
            case .success(let margin?):
                add(
                    night.tested(
                        held, isGross: false, in: base, model: margin.model, collected: margin.collected,
                        legsAlone: Self.sum(own)),
                    BacktestUnit(portfolio), portfolio.lines.first?.combinedCommodity, night)
                guard portfolio.kind == .interCommodity else { continue }
                credits[portfolio.code] = .success(CutCredit(base: margin.model, cut: margin.withoutCredit))
            }
        }
    }

    private typealias FoundMargin = Result<HypotheticalMargins.PortfolioMargin?, ValidationRefusal>

    /// What the night's engine asks for portfolios, in their order.
    private func margins(
        of portfolios: [(code: HypotheticalPortfolioCode, held: [FrozenPosition])], _ night: BacktestNight
    ) async throws -> [FoundMargin] {
        do {
            return try await HypotheticalMargins.prepare(
                night.run, accountClass: backtest.accountClass, callCurrency: base.code, portfolios: portfolios,
                threads: threads, from: database
            ).margins(threads: threads)
        } catch let refusal as ValidationRefusal {
            // What the night's own parameter set or house lacks says nothing of the other nights.
            return portfolios.map { _ in .failure(refusal) }
        }
    }

    /// The requirements of portfolios added up; the first refusal of one is that of all.
    private static func sum(_ margins: [FoundMargin]) -> Result<Int64, ValidationRefusal> {
        Result { () throws(ValidationRefusal) in
            var total: Int64 = 0
            for margin in margins { total += try margin.get()?.model ?? 0 }
            return total
        }
    }

    private mutating func add(
        _ result: BacktestUnitNight, _ unit: BacktestUnit, _ first: CombinedCommodityCode?, _ night: BacktestNight
    ) {
        units.add(result, of: unit, first, at: night.day)
    }

    private mutating func refuse(
        _ refusal: ValidationRefusal, _ portfolio: HypotheticalPortfolio, _ night: BacktestNight
    ) {
        refuse(refusal, BacktestUnit(portfolio), portfolio.lines.first?.combinedCommodity, night)
        if portfolio.kind == .interCommodity, credits[portfolio.code] == nil {
            credits[portfolio.code] = .failure(refusal)
        }
    }

    /// Lists why a night is not tested; a night that is not yet old enough is not tested anyway.
    private mutating func refuse(
        _ refusal: ValidationRefusal, _ unit: BacktestUnit, _ first: CombinedCommodityCode?, _ night: BacktestNight
    ) {
        guard night.isTested else { return }
        add(BacktestUnitNight(base, refusal: refusal), unit, first, night)
    }
}

extension BacktestUnit {
    init(_ portfolio: HypotheticalPortfolio) { self.init(kind: .hypothetical, code: portfolio.code.text) }
}
