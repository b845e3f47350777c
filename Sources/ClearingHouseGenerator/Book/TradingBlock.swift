import ClearingModel
import Pricing
import Quantities

/// Who can hold a position: an account, or one beneficial owner of a segregated account.
struct Holder {
    let account: Int
    /// 1, 2 … in a segregated account, else 0.
    let owner: Int
    let isGross: Bool
    let role: AccountRole
}

/// One side of a trade of the current date; the two sides stand beside each other, the purchase first.
struct TradeSide {
    let holder: Int
    let series: Int
    /// Bought is positive.
    let quantity: Int64
    let price: Int64
}

/// A block of consecutive accounts that trade with each other only, so that the house balances block by block and
/// needs the memory of one block, whatever its size.
struct TradingBlock {
    let accounts: Range<Int>
    private(set) var holders: [Holder] = []
    /// interested[product]: the holders that trade it, ascending.
    private(set) var interested: [[Int]] = []
    /// The products with two accounts or more that trade them.
    private(set) var products: [Int] = []
    private(set) var previous = GeneratedPositions()
    private(set) var current = GeneratedPositions()
    private(set) var trades: [TradeSide] = []

    let listing: GeneratedListing
    let board: SettlementBoard
    var draws: SeededGenerator

    /// Most accounts of a block.
    static let limit = 64

    init(
        number: Int, accounts: Range<Int>, membership: Membership, listing: GeneratedListing, board: SettlementBoard,
        seed: UInt64
    ) {
        self.accounts = accounts
        self.listing = listing
        self.board = board
        draws = SeededGenerator(seed: seed, stream: "block", index: number)
        interested = [[Int]](repeating: [], count: listing.products.count)
        let pool = choosePool(of: listing.products.count, isFirst: number == 0)
        var rolesLeft: [AccountRole] =
            number == 0 ? [.shortWings, .withinThreshold, .longOptionsOnly, .concentrated] : []
        for account in accounts {
            let terms = membership.account(account)
            var role = AccountRole.ordinary
            if account >= 5, terms.type == .net, !rolesLeft.isEmpty { role = rolesLeft.removeFirst() }
            enroll(account, terms: terms, role: role, pool: pool)
        }
        products = interested.indices.filter { interested[$0].count > 1 }
    }

    /// Up to eight products of the house; the first block trades the first of each family.
    private mutating func choosePool(of count: Int, isFirst: Bool) -> [Int] {
        if isFirst { return Array(0..<6) }
        var pool: [Int] = []
        while pool.count < min(8, count) {
            let product = draws.integer(below: count)
            if !pool.contains(product) { pool.append(product) }
        }
        return pool
    }

    /// Adds an account's holders, with one to four products each account.
    private mutating func enroll(_ account: Int, terms: GeneratedAccount, role: AccountRole, pool: [Int]) {
        var chosen: [Int] = []
        let wanted = terms.isHouse ? 4 : 1 + draws.integer(below: 4)
        while chosen.count < min(wanted, pool.count) {
            let product = pool[draws.integer(below: pool.count)]
            if !chosen.contains(product) { chosen.append(product) }
        }
        let isTrading = role == .ordinary || role == .concentrated
        for owner in terms.ownerCount == 0 ? 0...0 : 1...terms.ownerCount {
            let holder = holders.count
            holders.append(Holder(account: account, owner: owner, isGross: terms.type == .grossOmnibus, role: role))
            if isTrading { for product in chosen { interested[product].append(holder) } }
        }
    }

    /// Opens positions on the previous date, then trades the current date until its book has `rows` positions that do
    /// not expire on or before `date`.
    mutating func run(rows: Int, date: BusinessDate) {
        openSpecialPositions()
        let opened = rows - rows / 20
        var attempts = 20 * rows
        while previous.keys.count < opened, attempts > 0, !products.isEmpty {
            attempts -= 1
            let product = products[draws.integer(below: products.count)]
            let series = draws.series(of: listing.products[product], in: listing)
            let (buyer, seller) = pair(interested[product])
            guard holders[buyer].account != holders[seller].account, canOpen(buyer, series), canOpen(seller, series)
            else { continue }
            open(series, buyer: buyer, seller: seller, quantity: Int64(1 + draws.integer(below: 20)))
        }
        current = previous
        tradeToday(count: max(4, rows / 30))
        for _ in 0..<8 {
            let missing = rows - current.rowCount { listing.series[$0].expiry > date }
            guard missing > 0 else { break }
            tradeToday(count: missing)
        }
    }

    /// Trades of the current date: half of them in series that somebody holds already.
    private mutating func tradeToday(count: Int) {
        for _ in 0..<count where !products.isEmpty {
            var product = products[draws.integer(below: products.count)]
            var series = draws.series(of: listing.products[product], in: listing)
            if draws.isHit(probability: 0.5), !previous.keys.isEmpty {
                series = GeneratedPositions.series(of: previous.keys[draws.integer(below: previous.keys.count)])
                product = listing.series[series].product
            }
            guard interested[product].count > 1 else { continue }
            let (buyer, seller) = pair(interested[product])
            guard holders[buyer].account != holders[seller].account else { continue }
            let quantity = Int64(1 + draws.integer(below: 10))
            let price = tradedPrice(series, product: product)
            for (holder, signed) in [(buyer, quantity), (seller, -quantity)] {
                trades.append(TradeSide(holder: holder, series: series, quantity: signed, price: price))
                current.add(
                    GeneratedPositions.key(holder: holder, series: series), quantity: signed,
                    isGross: holders[holder].isGross
                )
            }
        }
    }

    /// The settlement price give or take two ticks; options stay at one tick or more, unless they settle at zero.
    private mutating func tradedPrice(_ series: Int, product: Int) -> Int64 {
        let settlement = board.prices[1][series]
        let move = Int64(draws.integer(below: 5)) - 2
        guard listing.series[series].right != nil else {
            return settlement + move * listing.products[product].futureTick
        }
        let tick = listing.products[product].optionTick
        return settlement == 0 ? 0 : max(settlement + move * tick, tick)
    }

    /// Books a position of the previous date on both sides.
    mutating func open(_ series: Int, buyer: Int, seller: Int, quantity: Int64) {
        for (holder, signed) in [(buyer, quantity), (seller, -quantity)] {
            previous.add(
                GeneratedPositions.key(holder: holder, series: series), quantity: signed,
                isGross: holders[holder].isGross)
        }
    }

    /// A net holder opens a series once, so that no position of the previous date is netted away.
    private func canOpen(_ holder: Int, _ series: Int) -> Bool {
        holders[holder].isGross || !previous.holds(GeneratedPositions.key(holder: holder, series: series))
    }

    private mutating func pair(_ choices: [Int]) -> (buyer: Int, seller: Int) {
        (choices[draws.integer(below: choices.count)], choices[draws.integer(below: choices.count)])
    }
}

extension SeededGenerator {
    /// A series as it is traded: a quarter futures, nearby months and strikes near the money more often than others.
    mutating func series(of product: ProductListing, in listing: GeneratedListing) -> Int {
        if isHit(probability: 0.25) {
            let count = product.futures.count
            return product.futures.lowerBound + min(integer(below: count), integer(below: count))
        }
        let weeklyCount = product.chains.count - product.monthlyCount
        let isWeekly = weeklyCount > 0 && isHit(probability: 0.06)
        let chain =
            isWeekly
            ? product.monthlyCount + integer(below: weeklyCount)
            : min(integer(below: product.monthlyCount), integer(below: product.monthlyCount))
        let strikes = product.chains[chain].strikes.count
        let strike = (integer(below: strikes) + integer(below: strikes)) / 2
        return product.chains[chain].number(strike: strike, isHit(probability: 0.5) ? .call : .put)
    }
}
