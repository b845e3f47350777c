import ClearingModel
import Margining
import Quantities
import Reporting

/// What a member's accounts hold, as its page shows it.
struct MemberHoldings {
    /// What positions would cost each by itself, in minor units by currency.
    private(set) var alone: [CurrencyCode: Int64] = [:]
    /// The costliest positions, and what they are ranked by: the cost in the account's call currency.
    private(set) var costliest: [(position: PagePosition, weight: ExactDecimal)] = []
    private(set) var count = 0
    private(set) var series: Set<String> = []
    /// Combined commodities whose data are made up.
    private(set) var synthetic: Set<String> = []

    /// Takes a position, and among the `listing` costliest where it is one: of equals those that come first.
    fileprivate mutating func add(
        _ position: PagePosition, of commodity: CombinedCommodity?, weight: ExactDecimal, listing: Int
    ) {
        count += 1
        alone[position.alone.currency.code, default: 0] += position.alone.minorUnits
        series.insert(position.series)
        if let commodity, commodity.isSynthetic { synthetic.insert(commodity.code.text) }
        let place = costliest.firstIndex { $0.weight < weight } ?? costliest.count
        guard place < listing else { return }
        costliest.insert((position, weight), at: place)
        if costliest.count > listing { costliest.removeLast() }
    }
}

extension MarginInputs {
    /// What each member holds, with its `listing` costliest positions. One pass over the book.
    func holdings(_ positions: PositionBook, listing: Int) -> [String: MemberHoldings] {
        let commodities = Dictionary(
            house.combinedCommodities.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var held: [String: MemberHoldings] = [:]
        for (index, account) in house.accounts.enumerated() {
            guard let terms = accountTerms[index] else { continue }
            var own = held.removeValue(forKey: account.member.text) ?? MemberHoldings()
            for position in positions.positions(ofAccount: index) {
                guard let alone = kernel.standaloneScan(of: position, terms) else { continue }
                let series = kernel.book.series[Int(position.series)]
                let commodity = kernel.book.combinedCommodities[series.combinedCommodity].code
                let rate = kernel.book.conversion(from: alone.currency.code, to: account.callCurrency)?.rate
                own.add(
                    PagePosition(
                        account: account.code.text, owner: terms.owners[Int(position.owner)].text,
                        series: series.code.text, long: position.long, short: position.short, alone: alone),
                    of: commodities[commodity], weight: alone.amount * (rate ?? .one), listing: listing)
            }
            held[account.member.text] = own
        }
        return held
    }
}
