import Attribution
import ClearingModel
import MarginCalls
import Margining
import NextNight
import PlainMargin
import Quantities
import TestSupport
import Testing

/// What the product tells of the next date (`Sources/NextNight`) against the second implementation, on random nights
/// of which some series expire: requirement, add-ons and what expiring options pay. A failure prints the seed of its
/// house.
struct TomorrowAgreementTests {
    static let blocks = 0..<3
    private static let housesABlock: UInt64 = 200
    /// Marks that the houses leave, and how often at least, block by block.
    private static let least = [
        "compared": 500, "held on": 300, "expired": 120, "option paid": 20, "all gone": 5, "over closed days": 20,
        "other parameters": 150, "several owners": 60,
    ]

    @Test(arguments: blocks) func `both implementations tell random nights alike`(_ block: Int) async throws {
        var (tally, differing) = ([String: Int](), 0)
        let first = 41_500_000 + UInt64(block) * Self.housesABlock
        for seed in first..<first + Self.housesABlock where differing < 3 {
            let house = try TomorrowHouse(seed: seed)
            guard let differences = try await house.differences(&tally) else {
                tally["refused", default: 0] += 1
                continue
            }
            if !differences.isEmpty { differing += 1 }
            #expect(differences.isEmpty, "seed \(seed): \(differences.prefix(6).joined(separator: "\n"))")
        }
        guard differing == 0 else { return }
        for (mark, count) in Self.least {
            #expect(tally[mark, default: 0] >= count, "\(mark): \(tally[mark, default: 0])")
        }
        print("tomorrow, block \(block):", tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }
}

/// A random night, and the parameters of the next date.
private struct TomorrowHouse {
    private let tonight: PlainNight
    private let plain: PlainTomorrow
    private let next: Int
    private let hasOtherParameters: Bool

    init(seed: UInt64) throws {
        let house = try AttributionHouse(seed: seed)
        var random = SeededGenerator(seed: seed + 11)
        var night = house.yesterday
        // As many digits as a volatility is loaded with.
        night.volatilities = night.volatilities.mapValues { ($0 * 10_000).rounded() / 10_000 }
        tonight = night
        next = night.day + random.one(of: [1, 2, 3])
        // Those of another night where they are whole: what lacks rows is refused.
        let other = house.today.parameters
        let isWhole =
            other.commodities.count == night.parameters.commodities.count
            && other.classes.count == night.parameters.classes.count
        hasOtherParameters = isWhole && random.once(in: 2)
        plain = PlainTomorrow(of: night, on: next, under: hasOtherParameters ? other : night.parameters)
    }

    /// Every figure that differs, in words; nil where the product refuses a random house's rows.
    func differences(_ tally: inout [String: Int]) async throws -> [String]? {
        let commodities = tonight.parameters.commodities
        let now = try AttributionTranslation(night: tonight, commodities: commodities, assignsVolatilities: true)
            .inputs(published: [:])
        let then = try AttributionTranslation(night: plain.night, commodities: commodities, assignsVolatilities: true)
            .inputs(published: [:])
        let inputs = NextNightInputs(
            house: now.house, market: now.market, exchangeRates: now.exchangeRates, liquidity: now.liquidity,
            positions: now.positions, businessDate: BusinessDate(dayNumber: Int32(next)), parameters: then.parameters,
            collateral: [:], collectedIntraday: [:], owed: [:], stress: nil)
        let found: NextNight
        do {
            found = try await NextNight.compute(inputs, threads: 1) { _, _, _ in
                throw ProofError(what: "nothing is simulated")
            }
        } catch is NextNightError {
            return nil
        } catch is MarginBookError {
            return nil
        } catch is ConversionError {
            return nil
        } catch is MarginCallsError {
            return nil
        }
        let nights = PlainNights(yesterday: plain.night, today: plain.night, option: SeriesRepricing.option)
        let figures = nights.figures([])
        var differences: [String] = []
        for account in tonight.rest.accounts.keys.sorted() {
            let call = found.calls.first { $0.account.code.text == account }
            count(account, &tally)
            let told = [
                call?.call.components.requirement, call?.call.components.addOns,
                call?.call.components.unpaidVariationMargin,
            ].map { $0?.amount ?? .zero }
            let plainly = [
                figures[account]?.requirement ?? 0, figures[account]?.addOns ?? 0, unpaid(account),
            ]
            if told != plainly.map(exact) {
                differences.append("\(account): \(plainly.map(exact))\n  product: \(told)")
            }
        }
        return differences
    }

    /// §11.2: what is negative, currency by currency.
    private func unpaid(_ account: String) -> Rational {
        guard let call = tonight.rest.accounts[account]?.callCurrency else { return 0 }
        let decimals = tonight.rest.currencies.first { $0.code == call }?.decimals ?? 0
        return (plain.paid[account] ?? [:]).reduce(Rational(0)) { sum, row in
            let rate = row.key == call ? 1 : tonight.rates[PlainPair(row.key, call)] ?? 0
            return sum + (max(0, -row.value) * rate).rounded(decimals)
        }
    }

    private func count(_ account: String, _ tally: inout [String: Int]) {
        func note(_ mark: String, _ holds: Bool) { if holds { tally[mark, default: 0] += 1 } }
        let (held, left) = (tonight.held[account] ?? [:], plain.night.held[account] ?? [:])
        guard !held.isEmpty else { return }
        let (before, after) = (held.values.flatMap { $0 }, left.values.flatMap { $0 })
        note("compared", true)
        note("held on", !after.isEmpty)
        note("expired", after.count < before.count)
        note("all gone", after.isEmpty)
        note("option paid", (plain.paid[account] ?? [:]).values.contains { $0 != 0 })
        note("other parameters", hasOtherParameters)
        note("several owners", held.count > 1)
        note(
            "over closed days",
            before.contains { position in
                let day = tonight.rest.series[position.series]?.expiryDay ?? 0
                return tonight.day < day && day < next
            })
    }
}
