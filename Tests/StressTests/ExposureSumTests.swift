import ClearingModel
import Quantities
import Stress
import TestSupport
import Testing

/// What closing out costs, added up in 64 bits where they are enough and in 128 where they are not
/// (docs/methodology.md §8.3, §8.4): the same formula to the minor unit.
struct ExposureSumTests {
    private static let losses: [[Int64]] = [[100_001, -70_000, 3], [-99_999, 50_000, -1]]

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

    /// Exposures by scenario, the bound first, of 100 million long of a paid option and 40 million short of a future.
    private func exposures(_ type: MarginingType, netOptionValue: ExactDecimal) async throws -> [Int64] {
        let dollar = Currency(code: try #require(CurrencyCode("USD")), decimals: 2)
        let month = try #require(ContractMonth("2026-12"))
        let published = zip(["OPT", "FUT"], zip(["CC", "DD"], Self.losses)).map { name, rest in
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
                    Position(series: 0, long: 100_000_000, short: 0), Position(series: 1, long: 0, short: 40_000_000),
                ], spans: [0..<2]))
        let found = try await StressExposures.compute(book, arrays, threads: 2)
        return (0...3).map { found.exposure(of: 0, in: $0) }
    }

    /// Twelve decimals of an option's value want sums of 24 digits.
    @Test(arguments: ["0.5", "0.123456789012"], [MarginingType.net, .grossOmnibus])
    func `sums are exact to the minor unit in whatever they are held`(
        _ netOptionValue: String, _ type: MarginingType
    ) async throws {
        let value = try #require(ExactDecimal(netOptionValue))
        let long = ExactDecimal(100_000_000)
        let short = ExactDecimal(-40_000_000)
        let losses = Self.losses.map { $0.map { ExactDecimal(minorUnits: $0, decimals: 2) } }
        // An omnibus account's long is floored with what is paid for it, a net one's value comes off the sum.
        let ofOption = losses[0].map { loss in
            type == .net ? long * loss : max(.zero, long * (loss - value))
        }
        let ofFuture = losses[1].map { loss in type == .net ? short * loss : max(.zero, short * loss) }
        let paid = type == .net ? long * value : .zero
        let bound = max(.zero, ofOption.max() ?? .zero) + max(.zero, ofFuture.max() ?? .zero) - paid
        let wanted = [bound] + zip(ofOption, ofFuture).map { $0 + $1 - paid }
        #expect(
            try await exposures(type, netOptionValue: value) == wanted.map { $0.minorUnits(decimals: 2) })
    }
}
