import Margining
import PlainMargin
import Testing

/// Every portfolio of up to three series and quantities −2 … 2: document and product agree on every figure.
struct ExhaustiveTests {
    static let cases = CalendarHouses.all + OptionHouses.all + CreditHouses.all

    @Test(arguments: cases) func `document and product agree on every small portfolio`(_ proof: ProofCase) throws {
        let book = try ProofBook(proof.house)
        var scratch = KernelScratch()
        var checked = 0
        var differing = 0
        for template in proof.accounts {
            var account = template
            let portfolios = SmallPortfolios(
                series: proof.house.series.map(\.code), mostSeries: proof.mostSeries,
                isGross: template.type == .grossOmnibus)
            let owners = template.type == .segregated ? portfolios.pairs : portfolios.all.map { [$0] }
            for positions in owners where differing < 3 {
                account.owners = positions
                checked += 1
                if try !expectAgreement(book, account, proof.name, scratch: &scratch) { differing += 1 }
            }
        }
        #expect(checked >= proof.accounts.count * 4, "the enumeration is not empty")
        print("\(proof.name): \(checked) portfolios agree")
    }
}

/// The portfolios of a few series, each once.
struct SmallPortfolios {
    let series: [String]
    let mostSeries: Int
    let isGross: Bool

    /// Long and short of one series: −2 … 2 net, or each of 0 … 2 on either side.
    private var holdings: [(long: Int, short: Int)] {
        isGross
            ? (1...8).map { ($0 / 3, $0 % 3) }
            : [(1, 0), (2, 0), (0, 1), (0, 2)]
    }

    /// All of them, the empty one left out.
    var all: [[PlainPosition]] {
        var portfolios: [[PlainPosition]] = [[]]
        for code in series {
            for portfolio in portfolios where portfolio.count < mostSeries {
                portfolios += holdings.map { portfolio + [PlainPosition(code, long: $0.long, short: $0.short)] }
            }
        }
        return Array(portfolios.dropFirst())
    }

    /// Two owners, each with a portfolio of up to two series, or none for the first.
    var pairs: [[[PlainPosition]]] {
        let owners = [[]] + SmallPortfolios(series: series, mostSeries: 2, isGross: false).all
        return owners.flatMap { first in owners.dropFirst().map { [first, $0] } }
    }
}
