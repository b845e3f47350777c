import ClearingModel
import InputRows
import Parameters
import Quantities
import Stress

/// What a member's stress is computed from, as the model has it.
struct StressReplicaInputs {
    let files: StressReplicaFiles
    let parameters: ParameterSet
    /// With the accounts that the files have, and their members.
    let house: ClearingHouse
    let rates: ExchangeRates
    let base: Currency

    init(_ files: StressReplicaFiles) throws {
        self.files = files
        let published = files.parameters
        try published.run.require(files.arrays.run, path: files.arrays.path)
        parameters = try published.set()
        let listed = try published.house()
        house = ClearingHouse(
            currencies: listed.currencies,
            members: Set(files.accounts.accounts.map(\.member)).sorted().map {
                // Groups enter no figure of a member's own.
                ClearingMember(code: $0, name: $0.text, group: CompanyGroupCode($0.text), creditMultiplier: .one)
            }, accounts: files.accounts.accounts, owners: files.accounts.owners,
            combinedCommodities: listed.combinedCommodities, contracts: listed.contracts,
            series: listed.series.sorted { $0.code < $1.code })
        rates = ExchangeRates(
            house.currencies, rates: try published.exchangeRates(), haircuts: parameters.fxHaircuts)
        guard let base = house.currencies.first(where: { $0.code == files.covers.currency }) else {
            throw ReplicationError.rejected("\(published.path): no currency \(files.covers.currency)")
        }
        self.base = base
    }

    /// A row of the report `stress-arrays` with what closing its series out pays.
    func published(_ row: PublishedStressFile.SeriesLosses, scenarioCount: Int) throws -> PublishedStressArray {
        guard row.losses.count == scenarioCount else {
            throw ReplicationError.rejected(
                "\(row.row.location): stress_array has \(row.losses.count) values, the set \(scenarioCount) scenarios",
                hint: "take both from one run's report folder")
        }
        guard let series = house.series.first(code: row.series),
            let contract = house.contracts.first(where: { $0.code == series.contract }),
            contract.combinedCommodity == row.combinedCommodity
        else { throw row.row.unreadable("series", row.series.text) }
        var isPaid = false
        if case .option(let terms) = contract.kind { isPaid = terms.style == .premium }
        let price = files.arrays.settlementPrices[row.series]
        guard !isPaid || price != nil else {
            throw ReplicationError.missing("\(files.arrays.path): no settlement price of \(row.series)")
        }
        return PublishedStressArray(
            series: row.series, month: series.contractMonth, combinedCommodity: row.combinedCommodity,
            arrayDecimals: row.arrayDecimals, losses: row.losses, isMarked: !isPaid,
            netOptionValue: isPaid ? (price ?? .zero) * contract.contractValueFactor : .zero)
    }

    /// The positions of the accounts, by place in `series`; `source` is the file that a series is looked for in.
    /// - Throws: `ReplicationError` for an account, owner or series that is not there, and a second line of one key.
    func positions(in series: [SeriesCode], of source: String) throws -> PositionBook {
        let places = Dictionary(series.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let indices = Dictionary(
            house.accounts.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
        let published = Set(files.arrays.arrays.map(\.series))
        var held = [[Position]](repeating: [], count: house.accounts.count)
        var seen: Set<[String]> = []
        for line in files.positions.lines {
            guard let index = indices[line.account] else { throw line.unknown("account", line.account.text) }
            guard published.contains(line.series) else { throw line.unknown("series", line.series.text) }
            guard let place = places[line.series] else {
                throw ReplicationError.missing(
                    "\(line.row.location): account \(line.account) holds \(line.series), of which \(source) has no row",
                    hint: "add the row, and its underlying's")
            }
            let account = house.accounts[index]
            let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [] : [.none]
            guard let owner = owners.firstIndex(of: line.owner) else { throw line.unknown("owner", line.owner.text) }
            try line.requireFirst(among: &seen)
            held[index].append(
                Position(owner: Int32(owner), series: Int32(place), long: line.long, short: line.short))
        }
        var (positions, spans): ([Position], [Range<Int>]) = ([], [])
        for account in held {
            let start = positions.count
            positions += account.sorted { ($0.owner, $0.series) < ($1.owner, $1.series) }
            spans.append(start..<positions.count)
        }
        return PositionBook(positions: positions, spans: spans)
    }

    /// R by portfolio, in minor units of the base currency.
    func covers(of book: StressBook) throws -> [Int64] {
        try book.portfolios.map { portfolio in
            try files.covers.cover(of: house.accounts[portfolio.account].code, portfolio.owner)
                .minorUnits(decimals: base.decimals)
        }
    }
}

extension [Series] {
    /// Of a list in the order of the codes. Logarithmic.
    fileprivate func first(code: SeriesCode) -> Series? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].code < code { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].code == code ? self[low] : nil
    }
}
