import Attribution
import ClearingModel
import PlainMargin
import Testing

/// Which accounts are margined again: A holds a future, B an option (docs/methodology.md §13.3).
struct AttributionScopeTests {
    /// What of two equal nights changes, and how often an account is margined: both once, then whom a switch moves.
    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let margined: Int
        let apply: @Sendable (inout PlainNight) -> Void
    }

    static let changes = [
        Change(testDescription: "nothing", margined: 2) { _ in },
        Change(testDescription: "the date", margined: 3) { $0.day += 1 },
        Change(testDescription: "the volatility", margined: 3) { $0.volatilities["C"] = 0.35 },
        // Forward the date, then the volatility; in reverse the volatility: the date leads to today's figures.
        Change(testDescription: "date and volatility", margined: 5) {
            $0.day += 1
            $0.volatilities["C"] = 0.35
        },
        // The nearest month's range is what the spreads of the whole combined commodity are charged by.
        Change(testDescription: "the future's price", margined: 4) { $0.quotes["F"]?.settlement = 71 },
        Change(testDescription: "what is under the option", margined: 3) { $0.quotes["C"]?.underlying = 71 },
        Change(testDescription: "what A holds", margined: 3) {
            $0.held["A"] = ["": [PlainPosition("F", long: 3, short: 0)]]
        },
        Change(testDescription: "a rate that converts nothing", margined: 2) { $0.rates[PlainPair("EUR", "USD")] = 2 },
        Change(testDescription: "the scan range", margined: 4) { $0.parameters.ranges["OIL"]?.price = "0.11" },
        Change(testDescription: "the range of volatility", margined: 3) {
            $0.parameters.ranges["OIL"]?.volatility = "0.4"
        },
        Change(testDescription: "B's class", margined: 3) { $0.parameters.classes["B"]?.initialRatio = "1.2" },
        Change(testDescription: "the future's contract value", margined: 4) {
            $0.rest.series["F"]?.contractValueFactor = 1001
        },
        Change(testDescription: "a member's multiplier", margined: 2) { $0.rest.multipliers["M"] = "1.1" },
    ]

    @Test(arguments: changes) func `a switch margins those whose inputs it changes`(_ change: Change) async throws {
        let yesterday = Self.night()
        var today = yesterday
        change.apply(&today)
        let nights = PlainNights(yesterday: yesterday, today: today, option: SeriesRepricing.option)
        func inputs(_ night: PlainNight, _ state: PlainNights.State) throws -> NightInputs {
            let published = nights.figures(state).map { code, figures in
                (
                    AccountCode(code),
                    PublishedFigures(
                        requirement: Int64((figures.requirement * 100).numerator),
                        addOns: Int64((figures.addOns * 100).numerator))
                )
            }
            return try AttributionTranslation(night: night, commodities: yesterday.parameters.commodities)
                .inputs(published: Dictionary(uniqueKeysWithValues: published))
        }
        let found = try await NightAttribution.compute(
            CrossedNights(
                yesterday: try inputs(yesterday, []),
                today: try inputs(today, PlainNights.State(PlainInputKind.allCases))), threads: 1
        ) { _, _, _, _ in throw ProofError(what: "nothing is simulated") }
        #expect(found.accountsMargined == change.margined)
        #expect(found.figures.count { $0.figure == .requirement } == 2)
    }

    private static func night() -> PlainNight {
        var night = PlainNight()
        night.day = 11_000
        night.rest.currencies = [PlainCurrency("EUR", decimals: 2), PlainCurrency("USD", decimals: 2)]
        night.rest.multipliers = ["M": 1]
        var commodity = PlainCommodity("OIL", currency: "USD")
        commodity.arrayDecimals = 2
        night.parameters.commodities = [commodity]
        night.parameters.ranges = [
            "OIL": .init(price: "0.1", volatility: "0.3", extremeMultiple: 3, extremeCover: "0.33")
        ]
        night.rates = [PlainPair("EUR", "USD"): "1.1"]
        for (code, kind) in [("F", PlainKind.future), ("C", .call(isPremium: true))] {
            var terms = PlainNightTerms.Series(commodity: "OIL", month: Listed.first, kind: kind)
            terms.contractValueFactor = 1000
            terms.strike = 75
            terms.expiryDay = 11_030
            night.rest.series[code] = terms
            night.list.insert(code)
            night.quotes[code] = PlainQuote(settlement: kind == .future ? 70 : 2)
            night.quotes[code]?.underlying = 70
        }
        night.volatilities = ["C": 0.3]
        for (code, series) in [("A", "F"), ("B", "C")] {
            night.rest.accounts[code] = .init(type: .net, callCurrency: "USD", member: "M")
            night.parameters.classes[code] = .init()
            night.held[code] = ["": [PlainPosition(series, long: 0, short: 2)]]
        }
        return night
    }
}
