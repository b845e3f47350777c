import ClearingModel
import InputRows
import Margining
import Parameters
import Quantities
import Scenarios

/// What published files say a run was computed from, ready to margin any positions: the same kernel as the night's, and
/// no model (docs/methodology.md §1.4).
package struct Replica: Sendable {
    package let run: PublishedRun
    package let parameterSet: ParameterSetCode
    package let kernel: MarginKernel
    private let parametersPath: String
    private let parameters: ParameterSet
    private let house: ClearingHouse

    /// - Throws: `ReplicationError` for rows that are malformed or contradict each other, and for arrays of another run
    ///   than the parameters.
    package init(_ published: PublishedParameters, _ arrayFile: PublishedArrayFile) throws {
        try published.run.require(arrayFile.run, path: arrayFile.path)
        run = published.run
        parameterSet = published.parameterSet
        parametersPath = published.path
        do {
            parameters = try published.set()
            house = try published.house()
            let rows = MarginBookRows(
                house, parameters, exchangeRates: try published.exchangeRates(),
                settlementPrices: try published.settlementPrices().merging(arrayFile.settlementPrices) { $1 },
                published: Set(arrayFile.arrays.map(\.series)))
            let book = try MarginBook(rows)
            kernel = MarginKernel(book: book, arrays: try PublishedArrays(arrayFile.arrays, in: book))
        } catch let error as MarginBookError {
            throw ReplicationError.rejected("\(published.path): \(error)")
        } catch let error as ScenarioSetError {
            throw ReplicationError.rejected("\(published.path): a scenario set is not whole: \(error)")
        } catch let error as PublishedArraysError {
            guard arrayFile.path != published.path else {
                throw ReplicationError.rejected("\(published.path): \(error)")
            }
            let row = arrayFile.arrays.firstIndex { $0.series == error.series }.map { ", row \($0 + 1)" } ?? ""
            throw ReplicationError.rejected(
                "\(arrayFile.path)\(row) does not fit \(published.path): \(error)",
                hint: "take both from one run's report folder")
        }
    }

    /// The requirement of every account that the positions name, in the order of the accounts' codes.
    ///
    /// - Throws: `ReplicationError` for an account, owner or series that the files do not have, and for what keeps a
    ///   requirement from being computed.
    package func requirements(of positions: PositionFile, accounts: AccountFile) throws -> [ReplicatedAccount] {
        var scratch = KernelScratch()
        return try held(positions, accounts).map { held in
            ReplicatedAccount(
                account: held.account, owners: held.terms.owners,
                netOptionValueIsCapped: held.terms.netOptionValueIsCapped
                    || held.terms.marginingType == .grossOmnibus,
                requirement: try margining(held.account.code) { () throws(MarginingError) in
                    try kernel.requirement(of: held.terms, positions: held.positions[...], scratch: &scratch)
                })
        }
    }

    /// The accounts that the positions name and those that are `asked` for beside them, in the order of their codes.
    func held(
        _ positions: PositionFile, _ accounts: AccountFile, asked: Set<AccountCode> = []
    ) throws -> [PositionedAccount] {
        let indices = Dictionary(
            accounts.accounts.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        let terms = AccountTerms.all(
            of: ClearingHouse(
                currencies: house.currencies, members: [], accounts: accounts.accounts, owners: accounts.owners,
                combinedCommodities: [], contracts: [], series: []), parameters)
        func known(_ code: AccountCode) throws -> AccountTerms? {
            try indices[code].map { index in
                guard let terms = terms[index] else { throw withoutClass(accounts.accounts[index]) }
                return terms
            }
        }
        var held: [AccountCode: [Position]] = [:]
        for account in asked where try known(account) != nil { held[account] = [] }
        var seen: Set<[String]> = []
        for line in positions.lines {
            guard let terms = try known(line.account) else { throw line.unknown("account", line.account.text) }
            try line.requireFirst(among: &seen)
            held[line.account, default: []].append(try position(of: line, terms))
        }
        return held.keys.sorted().compactMap { code in
            guard let index = indices[code], let terms = terms[index], let positions = held[code] else { return nil }
            return PositionedAccount(account: accounts.accounts[index], terms: terms, positions: positions)
        }
    }

    private func withoutClass(_ account: Account) -> ReplicationError {
        .rejected(
            "\(parametersPath): no account class “\(account.accountClass)”, which account \(account.code) is of, or no "
                + "currency “\(account.callCurrency)”",
            hint: "take parameters and accounts of one run; a SPAN file has the classes that its adjRate elements name")
    }

    private func position(of line: PositionLine, _ terms: AccountTerms) throws -> Position {
        guard let series = kernel.book.seriesIndex(of: line.series) else {
            throw line.unknown("series", line.series.text)
        }
        guard let owner = terms.owners.firstIndex(of: line.owner) else {
            throw line.unknown("owner", line.owner.text)
        }
        try requireScanned(series, line.row, line.account, terms)
        return Position(owner: Int32(owner), series: Int32(series), long: line.long, short: line.short)
    }

    /// A group that counts by its simulation cannot be computed from published files: it is refused, not scanned.
    func requireScanned(
        _ series: Int, _ row: TableRow, _ account: AccountCode, _ terms: AccountTerms
    ) throws(ReplicationError) {
        guard terms.marginingType != .grossOmnibus else { return }
        let commodity = kernel.book.combinedCommodities[kernel.book.series[series].combinedCommodity].code
        let group = parameters.simulation.riskGroups.first {
            $0.measure != .scan && $0.combinedCommodities.contains(commodity)
        }
        guard let group else { return }
        throw .rejected(
            "\(row.location): account \(account) holds \(kernel.book.series[series].code) of risk group "
                + "\(group.code), whose measure is \(group.measure.rawValue): its scenarios are in no published file",
            hint: "leave the account out; its simulated risk is in the report value-at-risk")
    }

    /// Names the account and file of what keeps a requirement from being computed.
    func margining<T>(
        _ account: AccountCode, _ compute: () throws(MarginingError) -> T
    ) throws(ReplicationError) -> T {
        do throws(MarginingError) {
            return try compute()
        } catch {
            switch error {
            case .noRiskArray(let series): throw .missing("account \(account): no risk array of \(series)")
            case .noSettlementPrice(let series):
                throw .missing("account \(account): no settlement price of \(series) in \(parametersPath)")
            case .noConversion(let from, let to):
                throw .missing("account \(account): no rate from \(from) to \(to) in \(parametersPath)")
            case .figuresTooLarge(let commodity):
                throw .rejected(
                    "account \(account): figures in combined commodity \(commodity) leave 64 bits",
                    hint: "look for a quantity that is far too large")
            }
        }
    }
}

/// An account with its terms and what it holds.
struct PositionedAccount {
    let account: Account
    let terms: AccountTerms
    let positions: [Position]
}

/// An account's requirement as it was computed again.
package struct ReplicatedAccount: Sendable {
    package let account: Account
    /// The owners by index; one, empty, where the account is not segregated.
    package let owners: [OwnerCode]
    /// Whether net option value counts line by line up to its initial risk (methodology §6.8).
    package let netOptionValueIsCapped: Bool
    package let requirement: AccountRequirement
}
