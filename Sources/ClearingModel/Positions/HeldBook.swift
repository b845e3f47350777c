/// What the house holds on a business date and held on the one before, added up row by row, in any order: by series, by
/// holder, and position by position against what the trades of the date make of the book before.
///
/// Codes are interned, so that a row costs a few lookups and no String; what rows name need not be known.
package struct HeldBook: Sendable {
    /// What the house holds of one series. Sums are of quantities that nobody has bounded yet.
    package struct Holding: Sendable, Equatable {
        /// Whether anybody holds it on the business date, and on the one before.
        package fileprivate(set) var isHeld = false
        package fileprivate(set) var wasHeld = false
        /// Contracts on the business date, both 0 or more.
        package fileprivate(set) var long: Int128 = 0
        package fileprivate(set) var short: Int128 = 0
        /// The largest quantity of one position, long or short, on the business date and on the one before.
        package fileprivate(set) var largest: Int64 = 0
        package fileprivate(set) var previousLargest: Int64 = 0
    }

    /// A position's net quantity in the book of the date, and what the book before and the trades make.
    private struct Roll {
        var today: Int128 = 0
        var rolled: Int128 = 0
    }

    /// A position that the book before and the trades do not make.
    package struct Unrolled: Sendable, Equatable {
        package let holder: Int
        package let series: Int
        /// Net contracts in the book of the date, long less short.
        package let today: Int128
        /// Net contracts in the book before and in the trades of the date.
        package let rolled: Int128
    }

    private var accounts = CodeIndex([])
    private var owners = CodeIndex([])
    private var series = CodeIndex([])
    private var holders = PairIndex()
    private var positions = PairIndex()
    /// By holder: whether it holds something on the business date, and on either.
    private var isHolding: [Bool] = []
    private var isHolder: [Bool] = []
    private var rolls: [Roll] = []
    /// The account and owner of the row before, which most rows share, and their number.
    private var lastAccount: [UInt8] = []
    private var lastOwner: [UInt8] = []
    private var lastHolder = -1
    /// By series; of one that trades alone name, all nothing.
    package private(set) var holdings: [Holding] = []

    package init() {}

    /// Adds a position that is not nothing, of the business date or of the one before. Quantities are 0 or more.
    package mutating func add(
        account: [UInt8], owner: [UInt8], series code: [UInt8], long: Int64, short: Int64, isToday: Bool
    ) {
        let (holder, position) = place(account: account, owner: owner, series: code)
        let series = Int(positions[position].second)
        isHolder[holder] = true
        if isToday {
            isHolding[holder] = true
            holdings[series].isHeld = true
            holdings[series].long += Int128(long)
            holdings[series].short += Int128(short)
            holdings[series].largest = max(holdings[series].largest, long, short)
            rolls[position].today += Int128(long) - Int128(short)
        } else {
            holdings[series].wasHeld = true
            holdings[series].previousLargest = max(holdings[series].previousLargest, long, short)
            rolls[position].rolled += Int128(long) - Int128(short)
        }
    }

    /// Adds a trade of the business date; + bought, − sold.
    package mutating func add(tradeOf account: [UInt8], owner: [UInt8], series code: [UInt8], quantity: Int64) {
        let (_, position) = place(account: account, owner: owner, series: code)
        rolls[position].rolled += Int128(quantity)
    }

    /// The code of a series, in UTF-8.
    package func series(_ index: Int) -> [UInt8] { series.utf8(at: index) }

    /// The account and owner of a holder, in UTF-8.
    package func holder(_ index: Int) -> (account: [UInt8], owner: [UInt8]) {
        let holder = holders[index]
        return (accounts.utf8(at: Int(holder.first)), owners.utf8(at: Int(holder.second)))
    }

    /// Who holds something on either date, and whether on the business date.
    package var holding: [(holder: Int, isHolding: Bool)] {
        isHolder.indices.filter { isHolder[$0] }.map { (holder: $0, isHolding: isHolding[$0]) }
    }

    /// The positions that the book before and the trades added do not make, in the order in which they came.
    package var unrolled: [Unrolled] {
        rolls.indices.filter { rolls[$0].today != rolls[$0].rolled }.map { position in
            Unrolled(
                holder: Int(positions[position].first), series: Int(positions[position].second),
                today: rolls[position].today, rolled: rolls[position].rolled)
        }
    }

    // MARK: Implementation

    private mutating func place(
        account: [UInt8], owner: [UInt8], series code: [UInt8]
    ) -> (holder: Int, position: Int) {
        let holder = holder(account, owner)
        let series = series.place(of: code)
        if Int(series) == holdings.count { holdings.append(Holding()) }
        let position = positions.number(of: Int32(holder), series)
        if position == rolls.count { rolls.append(Roll()) }
        return (holder, position)
    }

    private mutating func holder(_ account: [UInt8], _ owner: [UInt8]) -> Int {
        if lastHolder >= 0, account == lastAccount, owner == lastOwner { return lastHolder }
        let holder = holders.number(of: accounts.place(of: account), owners.place(of: owner))
        if holder == isHolder.count {
            isHolder.append(false)
            isHolding.append(false)
        }
        (lastAccount, lastOwner, lastHolder) = (account, owner, holder)
        return holder
    }
}
