import ClearingModel

/// A rough margin of each account of a block, in dollars, for sizing its collateral only.
///
/// For each holder and product the largest loss of six moves (``SettlementBoard/moves``), times the class's initial
/// ratio; then less the net option value, not below zero for a holder (product by product where it is capped). A gross
/// holder adds up the losses of each series and side, as methodology §6.9 does. Spreads and minimums are not modelled.
struct MarginEstimate {
    /// By the account's place in its block.
    private(set) var byAccount: [Double]
    private let block: TradingBlock
    /// The accounts by place in the block.
    private let terms: [GeneratedAccount]
    private var holder = -1
    private var product = -1
    private var losses = [Double](repeating: 0, count: SettlementBoard.moves.count)
    private var worth = 0.0
    private var risk = 0.0

    init(_ block: TradingBlock, membership: Membership) {
        self.block = block
        byAccount = [Double](repeating: 0, count: block.accounts.count)
        terms = block.accounts.map(membership.account)
    }

    /// Adds a position; positions come by holder and then series.
    mutating func add(holder: Int, series: Int, long: Int64, short: Int64) {
        if holder != self.holder { closeHolder(next: holder) }
        let product = block.listing.series[series].product
        if product != self.product { closeProduct(next: product) }
        let unit = Double(block.board.worth[series])
        let first = series * losses.count
        if block.holders[holder].isGross {
            var worst = 0.0
            var worstShort = 0.0
            for index in losses.indices {
                worst = max(worst, Double(block.board.losses[first + index]))
                worstShort = max(worstShort, -Double(block.board.losses[first + index]))
            }
            risk += Double(long) * max(1.1 * worst - unit, 0) + Double(short) * (1.1 * worstShort + unit)
        } else {
            let net = Double(long - short)
            for index in losses.indices { losses[index] += net * Double(block.board.losses[first + index]) }
            worth += net * unit
        }
    }

    /// Ends the last holder; the estimates are complete afterwards.
    mutating func finish() { closeHolder(next: -1) }

    private mutating func closeProduct(next: Int) {
        if holder >= 0 {
            let account = terms[block.holders[holder].account - block.accounts.lowerBound]
            risk += (account.isHouse ? 1 : 1.1) * max(losses.max() ?? 0, 0)
            if account.type == .segregated {
                risk = max(risk - worth, 0)
                byAccount[block.holders[holder].account - block.accounts.lowerBound] += risk
                (risk, worth) = (0, 0)
            }
        }
        for index in losses.indices { losses[index] = 0 }
        product = next
    }

    private mutating func closeHolder(next: Int) {
        closeProduct(next: -1)
        if holder >= 0 { byAccount[block.holders[holder].account - block.accounts.lowerBound] += max(risk - worth, 0) }
        (risk, worth, holder) = (0, 0, next)
    }
}
