import ClearingModel
import Quantities

/// Positions of an account on the name of its member's own group (§9).
struct WrongWayExposures {
    private struct Listed {
        let combinedCommodity: CombinedCommodityCode
        let currency: Currency
        let contract: Contract
        let option: (right: OptionRight, strike: ExactDecimal)?
        let price: ExactDecimal?
    }

    /// Parallel to the book's series; nil where the contract is on nobody's name.
    private let listed: [Listed?]
    private let groups: [MemberCode: CompanyGroupCode]
    private let owners: [AccountCode: [OwnerCode]]

    /// `prices` are settlement prices; a series without one loses nothing.
    init(house: ClearingHouse, book: MarginBook, prices: [SeriesCode: ExactDecimal]) {
        let contracts = Dictionary(house.contracts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let commodities = Dictionary(
            house.combinedCommodities.map { ($0.code, $0.currency) }, uniquingKeysWith: { first, _ in first })
        let indices = Dictionary(
            house.series.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        listed = book.series.map { terms in
            guard let index = indices[terms.code], let contract = contracts[house.series[index].contract],
                contract.referenceGroup != nil,
                let currency = commodities[contract.combinedCommodity].flatMap({ currencies[$0] })
            else { return nil }
            var option: (right: OptionRight, strike: ExactDecimal)?
            if case .option(let terms) = house.series[index].kind { option = (terms.right, terms.strike) }
            return Listed(
                combinedCommodity: contract.combinedCommodity, currency: currency, contract: contract, option: option,
                price: prices[terms.code])
        }
        groups = Dictionary(house.members.map { ($0.code, $0.group) }, uniquingKeysWith: { first, _ in first })
        owners = house.owners
    }

    /// The account's lines by owner and combined commodity; positions in the order of owner and series.
    func lines(of account: Account, _ positions: ArraySlice<Position>) throws -> [(OwnerCode, AddOnLine)] {
        guard let group = groups[account.member] else { return [] }
        var lines: [(OwnerCode, AddOnLine)] = []
        var rest = positions.filter { listed[Int($0.series)]?.contract.referenceGroup == group }[...]
        while let first = rest.first, let series = listed[Int(first.series)] {
            let mine = rest.prefix {
                $0.owner == first.owner && listed[Int($0.series)]?.combinedCommodity == series.combinedCommodity
            }
            rest = rest.dropFirst(mine.count)
            let line = try wrongWayAddOn(
                combinedCommodity: series.combinedCommodity, positions: mine.compactMap { position(of: account, $0) },
                group: group, currency: series.currency)
            if line.amount.minorUnits > 0 { lines.append((owner(Int(first.owner), of: account), line)) }
        }
        return lines
    }

    private func owner(_ index: Int, of account: Account) -> OwnerCode {
        guard account.marginingType == .segregated, let codes = owners[account.code], codes.indices.contains(index)
        else { return .none }
        return codes[index]
    }

    /// Longs and shorts of a series net unless the account is gross.
    private func position(of account: Account, _ held: Position) -> WrongWayPosition? {
        guard let series = listed[Int(held.series)], let price = series.price else { return nil }
        let netted = account.marginingType == .grossOmnibus ? 0 : min(held.long, held.short)
        return WrongWayPosition(
            long: held.long - netted, short: held.short - netted, price: price,
            contractValueFactor: series.contract.contractValueFactor, option: series.option)
    }
}
