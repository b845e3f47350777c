import ClearingModel
import Quantities
import Stress
import TestSupport
import Testing

/// What closing out costs, added up in Doubles where they are enough, and in 64 or 128 bits where they are not
/// (docs/methodology.md §8.3, §8.4): the same formula to the minor unit.
struct ExposureSumTests {
    /// What one option and one future lose in three scenarios, and how many are held.
    struct Held: Sendable, CustomTestStringConvertible {
        var ofOption: [Int64] = [100_001, -70_000, 3]
        var ofFuture: [Int64] = [-99_999, 50_000, -1]
        var options: Int64 = 100_000_000
        var futures: Int64 = 40_000_000

        var testDescription: String { "\(options) of \(ofOption), \(futures) of \(ofFuture)" }
    }

    /// At the ends of 32 bits of a loss, of 53, 63 and 64 bits of a sum.
    private static let limits = [
        Held(),
        Held(ofOption: [2_147_483_647, -2_147_483_648, 0], options: 3, futures: 2),
        Held(ofOption: [2_147_483_648, -2_147_483_648, 0], options: 3, futures: 2),
        Held(ofOption: [2_147_483_647, -2_147_483_649, 0], ofFuture: [5_000_000_000, -1, 0], options: 3, futures: 2),
        Held(ofOption: [9_000_000_001, -3, 7], options: 999_999, futures: 1),
        Held(ofOption: [9_000_000_001, -3, 7], options: 1_000_001, futures: 1),
        Held(ofOption: [9_007_199_254, -9_007_199_253, 1], options: 999_999, futures: 999_999),
        Held(ofOption: [9_000_000_000_001, -3, 7], options: 899_999, futures: 3),
        Held(ofOption: [9_000_000_000_001, -3, 7], ofFuture: [9_000_000_000_000, 1, 2], options: 499_999, futures: 3),
    ]

    private func house(_ dollar: Currency, _ type: MarginingType) -> ClearingHouse {
        ClearingHouse(
            currencies: [dollar],
            members: [
                ClearingMember(
                    code: MemberCode("M"), name: "Member", group: CompanyGroupCode("M"), creditMultiplier: .one)
            ],
            accounts: [
                Account(
                    code: AccountCode("A"), member: MemberCode("M"), origin: .client, marginingType: type,
                    accountClass: AccountClassCode("CL"), callCurrency: dollar.code)
            ],
            owners: [:],
            combinedCommodities: [
                CombinedCommodity(code: CombinedCommodityCode("CC"), name: "CC", currency: dollar.code),
                CombinedCommodity(code: CombinedCommodityCode("DD"), name: "DD", currency: dollar.code),
            ],
            contracts: [], series: [])
    }

    /// Exposures by scenario, the bound first, of what is held long of a paid option and short of a future.
    private func exposures(
        _ held: Held, _ type: MarginingType, netOptionValue: ExactDecimal
    ) async throws -> [Int64] {
        let dollar = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        let month = try #require(ContractMonth("2026-12"))
        let published = zip(["OPT", "FUT"], zip(["CC", "DD"], [held.ofOption, held.ofFuture])).map { name, rest in
            PublishedStressArray(
                series: SeriesCode(name), month: month, combinedCommodity: CombinedCommodityCode(rest.0),
                arrayDecimals: 2, losses: rest.1, isMarked: name == "FUT",
                netOptionValue: name == "OPT" ? netOptionValue : .zero)
        }
        let rates = ExchangeRates(
            [dollar], rates: [CurrencyPair(from: dollar.code, to: dollar.code): .one], haircuts: [:])
        let (book, arrays) = try StressBook.published(
            published, scenarioCount: 3, house: house(dollar, type), base: dollar, rates: rates,
            positions: PositionBook(
                positions: [
                    Position(series: 0, long: held.options, short: 0),
                    Position(series: 1, long: 0, short: held.futures),
                ], spans: [0..<2]))
        let found = try await StressExposures.compute(book, arrays, threads: 2)
        return (0...3).map { found.exposure(of: 0, in: $0) }
    }

    /// Twelve decimals of an option's value want sums of 24 digits.
    @Test(arguments: limits, ["0.5", "0.123456789012"])
    func `sums are exact to the minor unit in whatever they are held`(_ held: Held, _ netOptionValue: String)
        async throws
    {
        let value = try #require(ExactDecimal(netOptionValue))
        let long = ExactDecimal(Int(held.options))
        let short = ExactDecimal(Int(-held.futures))
        let losses = [held.ofOption, held.ofFuture].map { $0.map { ExactDecimal(minorUnits: $0, decimals: 2) } }
        for type in [MarginingType.net, .grossOmnibus] {
            // An omnibus account's long is floored with what is paid for it, a net one's value comes off the sum.
            let ofOption = losses[0].map { loss in
                type == .net ? long * loss : max(.zero, long * (loss - value))
            }
            let ofFuture = losses[1].map { loss in type == .net ? short * loss : max(.zero, short * loss) }
            let paid = type == .net ? long * value : .zero
            let bound = max(.zero, ofOption.max() ?? .zero) + max(.zero, ofFuture.max() ?? .zero) - paid
            let wanted = [bound] + zip(ofOption, ofFuture).map { $0 + $1 - paid }
            #expect(
                try await exposures(held, type, netOptionValue: value) == wanted.map { $0.minorUnits(decimals: 2) },
                "\(type)")
        }
    }

    @Test func `what could leave 64 bits is refused`() async throws {
        let held = Held(ofOption: [9_000_000_000_001, -3, 7], options: 1_000_001, futures: 3)
        do {
            _ = try await exposures(held, .net, netOptionValue: .one)
            Issue.record("not refused")
        } catch let refusal as StressRefusal {
            #expect(refusal.rule == .outOfRange && refusal.item == "A")
        }
    }
}
