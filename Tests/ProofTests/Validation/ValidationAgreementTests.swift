import ClearingModel
import Margining
import PlainMargin
import Quantities
import TestSupport
import Testing
import Validation

/// §12's product against the second implementation, over random nights, books, listings and margins.
struct ValidationAgreementTests {
    private func isNear(_ found: Double?, _ wanted: Double?, _ scale: Double = 1) -> Bool {
        guard let found, let wanted else { return found == nil && wanted == nil }
        // The plain formulas lose digits to cancellation; sizes of logarithms are in the hundreds.
        return abs(found - wanted) <= max(1e-9 * abs(wanted), 1e-10 * scale)
    }

    private func rational(_ value: ExactDecimal) -> Rational {
        Rational(value.mantissa, over: Rational.tenTo(value.scale))
    }

    private func check(_ found: CoverageTests, _ wanted: PlainCoverage, _ comment: Comment) {
        #expect(found.nights == wanted.nights && found.exceptions == wanted.exceptions, comment)
        let pairs = found.pairs
        #expect([pairs.n00, pairs.n01, pairs.n10, pairs.n11] == wanted.pairs, comment)
        #expect(Rational(found.coverage.numerator, over: found.coverage.denominator) == wanted.coverage, comment)
        let scale = Double(found.nights)
        #expect(isNear(found.coverageInterval.lower, wanted.interval[0]), comment)
        #expect(isNear(found.coverageInterval.upper, wanted.interval[1]), comment)
        #expect(isNear(found.proportionOfFailures, wanted.proportionOfFailures, scale), comment)
        #expect(isNear(found.atLeastP, wanted.atLeast) && isNear(found.atMostP, wanted.atMost), comment)
        #expect(isNear(found.independence, wanted.independence, scale), comment)
        #expect(isNear(found.conditional, wanted.conditional, scale), comment)
        // Near a ratio of 0 the p-value goes with its root, and so does what cancellation leaves of it.
        if wanted.proportionOfFailures > 1e-3 {
            #expect(isNear(found.proportionOfFailuresP, wanted.proportionOfFailuresP), comment)
        }
        if (wanted.independence ?? 1) > 1e-3 {
            #expect(isNear(found.independenceP, wanted.independenceP), comment)
        }
        #expect(isNear(found.conditionalP, wanted.conditionalP), comment)
        #expect(found.trafficLight.zone.rawValue == wanted.zone, comment)
        #expect(found.trafficLight.firstYellow == wanted.firstYellow, comment)
        #expect(found.trafficLight.firstRed == wanted.firstRed, comment)
    }

    @Test func `nights with holes, runs and none, at every horizon`() throws {
        var random = SeededGenerator(seed: 12_2)
        var verdicts: [String: Int] = [:]
        for number in 0..<600 {
            let confidence = try #require(ExactDecimal(["0.99", "0.975", "0.95", "0.9", "0.6"][random.whole(0...4)]))
            let days = random.whole(1...5)
            let count = random.whole(0...(number % 3 == 0 ? 12 : 260))
            let (rare, hole) = (random.whole(2...150), random.whole(2...40))
            var nights: [Bool?] = []
            var isRun = false
            for _ in 0..<count {
                isRun = isRun ? random.once(in: 2) : random.once(in: rare)
                nights.append(random.once(in: hole) ? nil : isRun)
            }
            let terms = try ValidationTerms(confidence: confidence, horizonDays: days)
            let found = UnitTests(nights, terms: terms)
            let wanted = PlainUnit(
                nights, confidence: rational(confidence), horizon: days, interval: "0.95", significance: "0.05")
            let comment: Comment = "nights \(number)"
            #expect(found?.verdict.rawValue == wanted.verdict, comment)
            verdicts[wanted.verdict ?? "none", default: 0] += 1
            guard let found, let raw = wanted.raw else { continue }
            check(found.raw, raw, comment)
            guard let thinned = found.thinned else {
                #expect(days == 1, comment)
                continue
            }
            #expect(thinned.series.count == wanted.thinned.count, comment)
            for (one, other) in zip(thinned.series, wanted.thinned) { check(one.tests, other, comment) }
            #expect(thinned.zone.rawValue == wanted.zone, comment)
            #expect(
                isNear(thinned.atLeastP, wanted.together[1]) && isNear(thinned.atMostP, wanted.together[2]), comment)
            #expect(isNear(thinned.conditionalP, wanted.together[4]), comment)
            #expect((thinned.independenceP == nil) == (wanted.together[3] == nil), comment)
        }
        for verdict in ["accept", "watch", "reject", "none"] { #expect((verdicts[verdict] ?? 0) > 10, "\(verdict)") }
    }

    @Test func `expected shortfall of nights with holes`() throws {
        var random = SeededGenerator(seed: 12_4)
        for number in 0..<500 {
            let days = random.whole(1...3)
            let figures = (0..<random.whole(0...30)).map { _ -> (loss: Int, valueAtRisk: Int, shortfall: Int)? in
                random.once(in: 5) ? nil : (random.whole(-9...9), random.whole(-2...6), random.whole(1...8))
            }
            let rows = try [3, 4, 10].map { nights in
                try Z2CriticalValues(
                    nights: nights, exceptionProbability: ExactDecimal(mantissa: 25, scale: 2),
                    yellow: ExactDecimal(mantissa: -5, scale: 1), red: ExactDecimal(-2))
            }
            let found = try ShortfallTest(
                figures.map { figure in
                    figure.map {
                        ShortfallNight(
                            loss: ExactDecimal($0.loss), valueAtRisk: ExactDecimal($0.valueAtRisk),
                            expectedShortfall: ExactDecimal($0.shortfall))
                    }
                }, terms: ValidationTerms(confidence: ExactDecimal(mantissa: 75, scale: 2), horizonDays: days),
                critical: rows, of: "A", date: { "\($0)" })
            let wanted = PlainZ2.of(
                figures.map { figure in
                    figure.map { (Rational($0.loss), Rational($0.valueAtRisk), Rational($0.shortfall)) }
                }, confidence: "0.75", horizon: days, [3, 4, 10].map { ($0, "0.25", "-0.5", -2) })
            let comment: Comment = "nights \(number)"
            #expect(isNear(found?.whole.z2, wanted.whole?.z2), comment)
            #expect(found?.whole.nights == wanted.whole?.nights, comment)
            #expect(found?.whole.exceedances == wanted.whole?.exceedances, comment)
            #expect(found?.whole.zone?.rawValue == wanted.whole?.zone, comment)
            #expect(found?.thinned?.decides == wanted.decides, comment)
            for (one, other) in zip(found?.thinned?.series ?? [], wanted.thinned) {
                #expect(isNear(one.statistic.z2, other.z2) && one.statistic.zone?.rawValue == other.zone, comment)
            }
        }
    }

    @Test func `procyclicality of random margins, with ties`() throws {
        var random = SeededGenerator(seed: 12_5)
        for number in 0..<400 {
            let margins = (0..<random.whole(1...60)).map { _ in Int64(random.whole(1...12)) }
            let returns = (0..<(margins.count + random.whole(0...9))).map { _ in Double(random.whole(-4...4)) }
            let volatilities = Array(realisedVolatilities(returns, window: 4).suffix(margins.count))
            let found = try #require(
                try Procyclicality(margins, volatilities: volatilities, window: 4, days: [1, 2, 7], of: "A"))
            let plain = margins.map { Rational(Int($0)) }
            let comment: Comment = "margins \(number)"
            #expect(isNear(found.peakToTrough, PlainProcyclicality.peakToTrough(plain).map(double)), comment)
            #expect(isNear(found.mean, double(PlainProcyclicality.mean(plain))), comment)
            for rise in found.rises {
                let wanted = PlainProcyclicality.rise(plain, within: rise.days)
                #expect(isNear(rise.rise, double(wanted.rise)), comment)
                #expect([rise.start, rise.length].compactMap { $0 } == wanted.at ?? [], comment)
            }
            let wanted = PlainProcyclicality.responsiveness(margins.map(Double.init), returns: returns, window: 4)
            #expect(found.responsiveness.map { $0.day + 1 } == wanted?.day, comment)
            #expect(isNear(found.responsiveness?.elasticity, wanted?.elasticity), comment)
            #expect(isNear(found.responsiveness?.volatilityRatio, wanted?.volatility), comment)
        }
    }

    private func double(_ value: Rational) -> Double { Double(value.numerator) / Double(value.denominator) }

    @Test func `frozen books of two currencies, net and gross, with inverse contracts and options`() throws {
        var random = SeededGenerator(seed: 12_1)
        let usd = try #require(CurrencyCode("USD"))
        let eur = try #require(CurrencyCode("EUR"))
        for number in 0..<600 {
            let rate = ExactDecimal(mantissa: Int128(random.whole(50...200)), scale: 2)
            let rates = CallCurrencyRates(
                callCurrency: Currency(code: usd, decimals: 2),
                rates: [eur: ConversionRate(rate: rate, haircut: ExactDecimal(mantissa: 1, scale: 1))])
            var prices: [HorizonPrices] = []
            var holdings: [PlainFrozenExposure.Holding] = []
            var positions: [FrozenPosition] = []
            for index in 0..<random.whole(1...6) {
                let kind: HorizonPrices.Settlement = [.marked, .premium, .inverse][random.whole(0...2)]
                let (now, later) = (random.whole(1...900), random.whole(1...900))
                let factor = ExactDecimal(mantissa: Int128(random.whole(1...4000)), scale: random.whole(0...3))
                let currency = random.once(in: 2) ? usd : eur
                let code = "S\(index)"
                prices.append(
                    HorizonPrices(
                        series: SeriesCode(code), currency: currency, settlement: kind, contractValueFactor: factor,
                        now: ExactDecimal(mantissa: Int128(now), scale: 1),
                        later: ExactDecimal(mantissa: Int128(later), scale: 1)))
                let (long, short) = (random.whole(0...9), random.whole(0...9))
                positions.append(FrozenPosition(series: SeriesCode(code), long: Int64(long), short: Int64(short)))
                holdings.append(
                    (
                        PlainFrozenSeries(
                            code: code, currency: "\(currency)", settlement: "\(kind)",
                            contractValueFactor: rational(factor), now: Rational(Int128(now), over: 10),
                            later: Rational(Int128(later), over: 10)), long, short
                    ))
            }
            let exposure = FrozenExposure(HorizonPrices.bySeries(prices), rates: rates)
            let plainRates = ["USD": Rational(1), "EUR": rational(rate)]
            for isGross in [false, true] {
                let wanted = PlainFrozenExposure.closeOut(holdings, isGross: isGross, rates: plainRates, decimals: 2)
                #expect(
                    Rational(Int128(try exposure.closeOut(positions, isGross: isGross)), over: 100) == wanted,
                    "book \(number)")
            }
            let plain = PlainFrozenExposure.plainLoss(holdings, rates: plainRates, decimals: 2)
            #expect(Rational(Int128(try exposure.plainLoss(positions)), over: 100) == plain, "book \(number)")
        }
    }

    /// A random listing of one combined commodity, for both.
    private func listing(
        _ random: inout SeededGenerator, expectingFutures: Bool
    ) throws -> (listing: HypotheticalListing, plain: [PlainListed]) {
        var listed: [ListedInstrument] = []
        var plain: [PlainListed] = []
        for index in 0..<random.whole(0...30) {
            let instrument: HypotheticalInstrument = [expectingFutures ? .future : .call, .call, .put][
                random.whole(0...2)]
            let (month, expiry) = (random.whole(1...4), random.once(in: 4) ? nil : random.whole(9...30))
            let (strike, underlying) = (random.whole(72...128), random.once(in: 9) ? nil : random.whole(99...101))
            let code = "S\(random.whole(10...99))\(index)"
            listed.append(
                ListedInstrument(
                    code: SeriesCode(code), combinedCommodity: CombinedCommodityCode("OIL"),
                    instrument: instrument, contractMonth: try #require(ContractMonth("2025-0\(month)")),
                    expiryDate: expiry.map { BusinessDate(dayNumber: Int32($0)) }, strike: ExactDecimal(strike),
                    underlyingPrice: underlying.map { ExactDecimal($0) }))
            plain.append(
                PlainListed(
                    code: code, commodity: "OIL", instrument: instrument.rawValue, month: month, expiry: expiry,
                    strike: Rational(strike), underlying: underlying.map { Rational($0) }))
        }
        let listing = HypotheticalListing(
            listed, horizonEnd: BusinessDate(dayNumber: 9), averageDailyVolumes: [:])
        return (listing, plain)
    }

    private func line(
        _ number: Int, _ instrument: HypotheticalInstrument, rank: Int, at moneyness: Int?
    ) -> HypotheticalLine {
        HypotheticalLine(
            number: number, combinedCommodity: CombinedCommodityCode("OIL"), instrument: instrument, monthRank: rank,
            moneyness: moneyness.map { ExactDecimal(mantissa: Int128($0), scale: 2) }, quantity: .contracts(-3))
    }

    @Test func `lines of hypothetical portfolios on random listings`() throws {
        var random = SeededGenerator(seed: 12_11)
        var filled: [HypotheticalKind: Int] = [:]
        for number in 0..<3_000 {
            let kind: HypotheticalKind = [.outright, .deepOtmShort, .straddle][number % 3]
            let (listing, plain) = try listing(&random, expectingFutures: kind == .outright)
            let rank = random.whole(1...2)
            let lines: [HypotheticalLine]
            switch kind {
            case .outright: lines = [line(1, .future, rank: rank, at: nil)]
            case .straddle:
                let moneyness = random.whole(185...215) / 2
                lines = [line(1, .call, rank: rank, at: moneyness), line(2, .put, rank: rank, at: moneyness)]
            default:
                lines = [
                    random.once(in: 2)
                        ? line(1, .call, rank: rank, at: random.whole(120...125))
                        : line(1, .put, rank: rank, at: random.whole(75...80))
                ]
            }
            let portfolio = try HypotheticalPortfolio(
                code: HypotheticalPortfolioCode("P"), kind: kind, lines: lines)
            let found = (try? listing.positions(of: portfolio))?.map { "\($0.series)" }
            let wanted = lines.map { line in
                PlainHypothetical.series(
                    plain, commodity: "OIL", instrument: line.instrument.rawValue, monthRank: rank,
                    moneyness: line.moneyness.map(rational), isDeepOtmShort: kind == .deepOtmShort, horizonEnd: 9)
            }
            let all = wanted.compactMap { $0 }
            #expect(found == (all.count == lines.count ? all.sorted() : nil), "listing \(number)")
            if found != nil { filled[kind, default: 0] += 1 }
        }
        for kind in [HypotheticalKind.outright, .deepOtmShort, .straddle] {
            #expect((filled[kind] ?? 0) > 20, "\(kind) \(filled[kind] ?? 0)")
        }
    }
}
