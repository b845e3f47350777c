import ClearingModel
import Margining
import ParallelWork
import Parameters
import Quantities
import Reporting
import Scenarios
import Storage

/// What makes requirements smaller, for members who want it (docs/methodology.md §6.11): reports that are computed from
/// the published arrays and the book while they are written.
///
/// An account whose risk counts by its simulation in some combined commodity that it holds has no rows: closing a
/// position would have to be simulated again. The cost is that of the kernel, twice a position and twice a series that
/// could be traded.
struct TradeReports {
    /// What an account's trades come to; nil of an account that holds nothing or is simulated.
    fileprivate struct Found: Sendable {
        let account: Account
        let traded: TradedAccount
        let released: [ReleasedMargin]
        let reducing: [ReducingTrade]
    }

    private let found: [Found]
    /// The members who have asked, whether or not anything was found for them.
    private let asked: Set<MemberCode>

    /// Computes for the accounts that the reports are written for; reads nothing where there are none.
    init(_ execution: StageExecution, _ reader: ReportReader, threads: Int) async throws {
        let wanted = try reader.accounts(of: ReportCatalogue.releasedMargin)
        guard !wanted.isEmpty else {
            (found, asked) = ([], [])
            return
        }
        let (run, database) = (execution.context.pinned, execution.database)
        try execution.tables.openWholeOnce()
        let house = try ClearingHouse.load(pinnedAt: run.load, from: database)
        let inputs = try MarginInputs.load(
            run: run, scope: .whole, from: database, house, try ParameterSet.load(run.parameters, from: database),
            exchangeRates: try MarketStore(database, of: run, scope: .whole).exchangeRates())
        let book = try inputs.positions(execution)
        let places = Dictionary(
            house.accounts.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        let chosen = wanted.compactMap { places[$0] }
        asked = Set(chosen.map { house.accounts[$0].member })
        let results = await inChunks(chosen.count, threads: threads, of: 1) { span in
            span.map { inputs.trades(ofAccount: chosen[$0], book.positions(ofAccount: chosen[$0])) }
        }
        found = try results.compactMap { try $0.get() }
    }

    /// Calls `body` with each row of one of the two reports, in its order; `row` is filled anew each time.
    func stream(
        _ layout: ReportLayout, into row: inout ReportRow, _ body: (borrowing ReportRow) throws -> Void
    ) throws {
        for found in found {
            if layout.name == ReportCatalogue.releasedMargin.name {
                for released in found.released {
                    try fill(&row, found, released)
                    try body(row)
                }
            } else {
                for (index, trade) in found.reducing.enumerated() {
                    try fill(&row, found, trade, rank: index + 1)
                    try body(row)
                }
            }
        }
    }

    /// The trades that would lower requirements, as pages show them, by member; nothing of a member that has not asked.
    var byMember: [String: [PageTrade]] {
        let none = Dictionary(uniqueKeysWithValues: asked.map { ($0.text, [PageTrade]()) })
        return found.reduce(into: none) { trades, found in
            trades[found.account.member.text, default: []] += found.reducing.map { trade in
                PageTrade(
                    account: found.account.code.text, owner: found.traded.terms.owners[trade.trade.owner].text,
                    series: found.traded.kernel.book.series[trade.trade.series].code.text,
                    quantity: trade.trade.quantity, lowersBy: trade.lowersBy,
                    requirement: found.traded.requirement.requirement - trade.lowersBy)
            }
        }
    }

    private func begin(_ row: inout ReportRow, _ account: Account) throws {
        row.removeAll()
        try row.append(text: account.member.text)
        try row.append(text: account.code.text)
        try row.append(text: account.callCurrency.description)
    }

    private func fill(_ row: inout ReportRow, _ found: Found, _ released: ReleasedMargin) throws {
        let book = found.traded.kernel.book
        let commodity = book.combinedCommodities[book.series[released.series].combinedCommodity]
        try begin(&row, found.account)
        try row.append(text: found.traded.terms.owners[released.owner].text)
        try row.append(text: book.series[released.series].code.text)
        row.append(integer: released.quantity)
        row.append(money: released.byClosing)
        row.append(money: released.byOneContract)
        if let share = released.scanShare {
            row.append(unscaled: share.roundedMantissa(scale: commodity.arrayDecimals), scale: commodity.arrayDecimals)
        } else {
            try row.appendNull()
        }
        try row.append(text: commodity.currency.code.description)
    }

    private func fill(_ row: inout ReportRow, _ found: Found, _ trade: ReducingTrade, rank: Int) throws {
        try begin(&row, found.account)
        row.append(integer: Int64(rank))
        try row.append(text: found.traded.terms.owners[trade.trade.owner].text)
        try row.append(text: found.traded.kernel.book.series[trade.trade.series].code.text)
        row.append(integer: trade.trade.quantity)
        row.append(money: trade.lowersBy)
        row.append(money: found.traded.requirement.requirement - trade.lowersBy)
    }
}

extension ReportRow {
    /// An amount with the decimals of its currency.
    fileprivate mutating func append(money: Money) {
        append(unscaled: Int128(money.minorUnits), scale: money.currency.decimals)
    }
}

extension MarginInputs {
    /// What trades of an account come to; nil of one that holds nothing or counts by a simulation.
    fileprivate func trades(
        ofAccount index: Int, _ positions: ArraySlice<Position>
    ) -> Result<TradeReports.Found?, MarginingError> {
        guard !positions.isEmpty, let terms = accountTerms[index], !isSimulated(positions, terms) else {
            return .success(nil)
        }
        do throws(MarginingError) {
            var scratch = KernelScratch()
            let traded = try TradedAccount(terms, positions: positions, kernel: kernel, scratch: &scratch)
            return .success(
                TradeReports.Found(
                    account: house.accounts[index], traded: traded,
                    released: try traded.releasedMargins(scratch: &scratch),
                    reducing: traded.reducingTrades(ReducingTrade.told, scratch: &scratch)))
        } catch {
            return .failure(error)
        }
    }

    /// Whether some of it is in a risk group whose simulation counts.
    private func isSimulated(_ positions: ArraySlice<Position>, _ terms: AccountTerms) -> Bool {
        guard terms.marginingType != .grossOmnibus else { return false }
        let groups = parameters.simulation.riskGroups.filter { $0.measure != .scan }
        return positions.contains { position in
            let commodity = kernel.book.series[Int(position.series)].combinedCommodity
            let code = kernel.book.combinedCommodities[commodity].code
            return groups.contains { $0.combinedCommodities.contains(code) }
        }
    }
}
