/// A rough margin of each account of a block, in dollars, for sizing its collateral only.
///
/// For each holder and product the larger loss of a price scan range up or down, then less the net option value, not
/// below zero for a holder; a gross holder adds up the losses of each series and side. Nothing else is modelled.
struct MarginEstimate {
    /// By the account's place in its block.
    private(set) var byAccount: [Double]
    private let block: TradingBlock
    private var holder = -1
    private var product = -1
    private var lossUp = 0.0
    private var lossDown = 0.0
    private var gross = 0.0
    private var risk = 0.0
    private var worth = 0.0

    init(_ block: TradingBlock) {
        self.block = block
        byAccount = [Double](repeating: 0, count: block.accounts.count)
    }

    /// Adds a position; positions come by holder and then series.
    mutating func add(holder: Int, series: Int, long: Int64, short: Int64) {
        if holder != self.holder { closeHolder(next: holder) }
        let product = block.listing.series[series].product
        if product != self.product { closeProduct(next: product) }
        let board = block.board
        let net = Double(long - short)
        if block.holders[holder].isGross {
            let up = Double(board.lossUp[series])
            let down = Double(board.lossDown[series])
            gross += Double(long) * max(up, down, 0) + Double(short) * max(-up, -down, 0)
        } else {
            lossUp += net * Double(board.lossUp[series])
            lossDown += net * Double(board.lossDown[series])
        }
        worth += net * Double(board.worth[series])
    }

    /// Ends the last holder; the estimates are complete afterwards.
    mutating func finish() { closeHolder(next: -1) }

    private mutating func closeProduct(next: Int) {
        risk += max(lossUp, lossDown, 0)
        (lossUp, lossDown, product) = (0, 0, next)
    }

    private mutating func closeHolder(next: Int) {
        closeProduct(next: -1)
        if holder >= 0 {
            byAccount[block.holders[holder].account - block.accounts.lowerBound] += max(risk + gross - worth, 0)
        }
        (risk, gross, worth, holder) = (0, 0, 0, next)
    }
}
