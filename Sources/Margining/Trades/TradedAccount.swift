import ClearingModel
import Quantities

/// An account that is asked what it would require after trades (docs/methodology.md §6.11): by the same kernel and the
/// same published arrays, exactly.
///
/// Only the combined commodities that trades touch are added up again; spreads and all that follows are worked out
/// anew, so that every answer is the one of `MarginKernel.requirement` on the changed positions.
package struct TradedAccount: Sendable {
    package let kernel: MarginKernel
    package let terms: AccountTerms
    /// As the account stands.
    package let requirement: AccountRequirement
    let owners: [HeldByOwner]

    /// What one owner holds, and what it comes to by itself.
    struct HeldByOwner: Sendable {
        let owner: Int
        /// In the order of their series.
        let positions: [Position]
        /// Empty of a gross omnibus account.
        let portfolios: [CommodityPortfolio]
        let requirement: OwnerRequirement
    }

    /// `positions` may come in any order; an owner and series stand in one of them only.
    /// - Throws: what keeps the account as it stands from being margined.
    package init(
        _ terms: AccountTerms, positions: ArraySlice<Position>, kernel: MarginKernel, scratch: inout KernelScratch
    ) throws(MarginingError) {
        self.kernel = kernel
        self.terms = terms
        var owners: [HeldByOwner] = []
        for owner in Set(positions.map(\.owner)).sorted() {
            let own = positions.filter { $0.owner == owner }.sorted { $0.series < $1.series }
            owners.append(try Self.held(by: Int(owner), own, [], terms, kernel, &scratch))
        }
        self.owners = owners
        requirement = try kernel.requirement(of: terms, owners: owners.map(\.requirement))
    }

    /// The account's requirement after all of some trades.
    ///
    /// Cost: an owner's positions in the combined commodities that it trades, and its spreads.
    /// - Throws: what keeps the changed account from being margined; `figuresTooLarge` too where a quantity leaves 64
    ///   bits.
    package func requirement(
        after trades: [PositionTrade], scratch: inout KernelScratch
    ) throws(MarginingError) -> AccountRequirement {
        var changed = owners
        for owner in Set(trades.map(\.owner)).sorted() {
            let place = changed.firstIndex { $0.owner >= owner } ?? changed.endIndex
            let standing = place < changed.endIndex && changed[place].owner == owner ? changed.remove(at: place) : nil
            let positions = try traded(standing?.positions ?? [], trades.filter { $0.owner == owner })
            guard !positions.isEmpty else { continue }
            let touched = Set(
                trades.lazy.filter { $0.owner == owner }.map { kernel.book.series[$0.series].combinedCommodity })
            let kept = standing?.portfolios.filter { !touched.contains($0.combinedCommodity) } ?? []
            changed.insert(try Self.held(by: owner, positions, kept, terms, kernel, &scratch), at: place)
        }
        return try kernel.requirement(of: terms, owners: changed.map(\.requirement))
    }

    /// Positions in the order of their series after trades in turn; what is closed whole is gone.
    private func traded(
        _ positions: [Position], _ trades: [PositionTrade]
    ) throws(MarginingError) -> [Position] {
        var positions = positions
        for trade in trades {
            let place = positions.firstIndex { $0.series >= trade.series } ?? positions.endIndex
            let isHeld = place < positions.endIndex && Int(positions[place].series) == trade.series
            let before =
                isHeld
                ? positions[place]
                : Position(owner: Int32(trade.owner), series: Int32(trade.series), long: 0, short: 0)
            guard let after = before.traded(trade.quantity) else {
                let commodity = kernel.book.series[trade.series].combinedCommodity
                throw .figuresTooLarge(kernel.book.combinedCommodities[commodity].code)
            }
            let isOpen = after.long > 0 || after.short > 0
            positions.replaceSubrange(place..<(isHeld ? place + 1 : place), with: isOpen ? [after] : [])
        }
        return positions
    }

    /// One owner's part, its portfolios added up but for those that are `kept`.
    private static func held(
        by owner: Int, _ positions: [Position], _ kept: [CommodityPortfolio], _ terms: AccountTerms,
        _ kernel: MarginKernel, _ scratch: inout KernelScratch
    ) throws(MarginingError) -> HeldByOwner {
        guard terms.marginingType != .grossOmnibus else {
            return HeldByOwner(
                owner: owner, positions: positions, portfolios: [],
                requirement: try kernel.omnibusRequirement(of: terms, positions: positions[...]))
        }
        let known = Set(kept.map(\.combinedCommodity))
        let open = positions.filter { !known.contains(kernel.book.series[Int($0.series)].combinedCommodity) }
        let portfolios = (kept + (try kernel.portfolios(of: open[...], scratch: &scratch))).sorted {
            $0.combinedCommodity < $1.combinedCommodity
        }
        return HeldByOwner(
            owner: owner, positions: positions, portfolios: portfolios,
            requirement: kernel.netRequirement(of: terms, owner: owner, portfolios, scratch: &scratch))
    }
}
