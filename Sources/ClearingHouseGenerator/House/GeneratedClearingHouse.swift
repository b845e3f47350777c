import Glibc
import Quantities

/// Everything of a house that its files are written from; the positions are not in it, they are made block by block.
struct GeneratedClearingHouse {
    let size: ClearingHouseSize
    let seed: UInt64
    /// Whether every combined commodity is in a simulated risk group.
    let isSimulated: Bool
    /// Whether the house is stressed.
    let isStressed: Bool
    let dates: GeneratedDates
    let markets: [ProductMarket]
    /// Price scan range of each product in price units, on the current date.
    let ranges: [Double]
    let listing: GeneratedListing
    let board: SettlementBoard
    let faults: QuotationFaults
    let membership: Membership

    /// Reads the crude history and prices every series.
    init(
        size: ClearingHouseSize, seed: UInt64, isSimulated: Bool, isStressed: Bool, historyFile: String
    ) throws(GenerationError) {
        self.size = size
        self.seed = seed
        self.isSimulated = isSimulated
        self.isStressed = isStressed
        dates = .demo
        markets = try Self.markets(of: size, seed: seed, historyFile: historyFile, dates: dates)
        ranges = markets.map(GeneratedScanRange.init).map(\.amount)
        listing = GeneratedListing(markets: markets, seriesCount: size.series, dates: dates)
        var board = SettlementBoard(listing: listing, markets: markets, ranges: ranges, dates: dates)
        faults = QuotationFaults(listing: listing, board: &board)
        self.board = board
        membership = Membership(size: size)
    }

    /// Histories and curves: WTI from the extract, the first of each family beside it, its variants beside that.
    private static func markets(
        of size: ClearingHouseSize, seed: UInt64, historyFile: String, dates: GeneratedDates
    ) throws(GenerationError) -> [ProductMarket] {
        let crude = try PriceHistory.read(
            path: historyFile, from: GeneratedDates.firstOfHistory, through: dates.current)
        var firsts: [PriceHistory] = []
        var markets: [ProductMarket] = []
        for product in Product.catalogue(of: size) {
            var history = crude
            if product.isSynthetic {
                let leader = product.variant == 0 ? crude : firsts[product.family.rawValue]
                history = SyntheticHistory(seed: seed, leader: leader).history(of: product)
            }
            if product.variant == 0 { firsts.append(history) }
            markets.append(try ProductMarket(product: product, history: history, dates: dates))
        }
        return markets
    }

    func terms(of series: Int) -> FamilyTerms { markets[listing.series[series].product].product.terms }
}

/// The price scan range of a combined commodity: the 99 % quantile of the absolute two-day move of its history, on the
/// spot of the current date (of an additive product: the move itself), rounded up to five ticks; for an index, rounded
/// up to a thousandth of the spot.
struct GeneratedScanRange {
    /// In price units.
    let amount: Double
    /// As the table `combined_commodity_margin` states it: an amount, or a fraction of the underlying price.
    let text: String
    let isPercent: Bool

    init(_ market: ProductMarket) {
        let terms = market.product.terms
        let quantile = market.history.twoDayQuantile
        isPercent = market.product.family == .index
        if isPercent {
            let thousandths = Int64((quantile * 1000).rounded(.up))
            amount = Double(thousandths) / 1000 * market.spots[1]
            text = decimalText(thousandths, decimals: 3)
        } else {
            let unit = PowersOfTen.double(terms.decimals)
            let move = market.product.family.isAdditive ? quantile : quantile * market.spots[1]
            let units = Int64((move * unit / Double(5 * terms.tick)).rounded(.up)) * 5 * terms.tick
            amount = Double(units) / unit
            text = decimalText(units, decimals: terms.decimals)
        }
    }
}
