import ClearingModel
import Quantities
import Scenarios

/// Computes requirements from published arrays: docs/methodology.md §5 and §6, all of it, exactly.
///
/// Immutable and shared by threads; each thread brings its own scratch. Equal inputs give equal results, whatever the
/// order of accounts. Cost: linear in an account's positions, plus the spreads whose legs it holds.
package struct MarginKernel: Sendable {
    package let book: MarginBook
    package let arrays: PublishedArrays

    /// `arrays` must have been made for `book`.
    package init(book: MarginBook, arrays: PublishedArrays) {
        precondition(arrays.lines.count == book.series.count, "published arrays belong to another book")
        self.book = book
        self.arrays = arrays
    }

    /// The account's requirement with every figure on the way to it.
    ///
    /// `positions` may come in any order; those in the order (owner, series) are not copied. `cut` lowers every
    /// inter-commodity credit rate (docs/methodology.md §7). Throws where an input that a position needs is missing or
    /// a sum would leave 64 bits.
    package func requirement(
        of account: AccountTerms, positions: ArraySlice<Position>, creditRateCut cut: CreditRateCut = .none,
        scratch: inout KernelScratch
    ) throws(MarginingError) -> AccountRequirement {
        var ordered = positions
        if !Self.isOrdered(positions) {
            scratch.positions = positions.sorted { ($0.owner, $0.series) < ($1.owner, $1.series) }
            ordered = scratch.positions[...]
        }
        var owners: [OwnerRequirement] = []
        var start = ordered.startIndex
        while start < ordered.endIndex {
            let owner = ordered[start].owner
            precondition(account.owners.indices.contains(Int(owner)), "a position names an owner of its account")
            var end = start + 1
            while end < ordered.endIndex, ordered[end].owner == owner { end += 1 }
            if account.marginingType == .grossOmnibus {
                owners.append(try omnibusRequirement(of: account, positions: ordered[start..<end]))
            } else {
                owners.append(
                    netRequirement(
                        of: account, owner: Int(owner),
                        try portfolios(of: ordered[start..<end], scratch: &scratch), cut: cut, scratch: &scratch))
            }
            start = end
        }
        return try requirement(of: account, owners: owners)
    }

    private static func isOrdered(_ positions: ArraySlice<Position>) -> Bool {
        var previous: Position?
        for position in positions {
            if let previous, (previous.owner, previous.series) > (position.owner, position.series) { return false }
            previous = position
        }
        return true
    }

    /// One owner's positions, in the order of their series, added up by combined commodity, before any spread.
    func portfolios(
        of positions: ArraySlice<Position>, scratch: inout KernelScratch
    ) throws(MarginingError) -> [CommodityPortfolio] {
        var portfolios: [CommodityPortfolio] = []
        var start = positions.startIndex
        while start < positions.endIndex {
            let commodity = arrays.lines[Int(positions[start].series)].combinedCommodity
            var end = start + 1
            while end < positions.endIndex, arrays.lines[Int(positions[end].series)].combinedCommodity == commodity {
                end += 1
            }
            if let portfolio = try portfolio(of: Int(commodity), positions: positions[start..<end], scratch: &scratch) {
                portfolios.append(portfolio)
            }
            start = end
        }
        return portfolios
    }

    /// One net portfolio through all steps; combined commodities in the order of the book.
    func netRequirement(
        of account: AccountTerms, owner: Int, _ portfolios: [CommodityPortfolio], cut: CreditRateCut = .none,
        scratch: inout KernelScratch
    ) -> OwnerRequirement {
        scratch.prepare(for: book)
        var portfolios = portfolios
        for (portfolioIndex, portfolio) in portfolios.enumerated() {
            scratch.portfolioIndices[portfolio.combinedCommodity] = portfolioIndex
        }
        gatherCandidates(portfolios, scratch: &scratch)
        var formed = InterSpreadsFormed()
        form(isSuper: true, in: &portfolios, formed: &formed, cut: cut, scratch: scratch)
        for portfolioIndex in portfolios.indices {
            let terms = book.combinedCommodities[portfolios[portfolioIndex].combinedCommodity]
            portfolios[portfolioIndex].formIntraAndDelivery(terms)
        }
        form(isSuper: false, in: &portfolios, formed: &formed, cut: cut, scratch: scratch)
        for portfolio in portfolios { scratch.portfolioIndices[portfolio.combinedCommodity] = -1 }
        return settle(portfolios, formed: formed, owner: owner, account: account)
    }

    /// Finds the spreads whose legs are all held, in the order in which they are tried.
    private func gatherCandidates(_ portfolios: [CommodityPortfolio], scratch: inout KernelScratch) {
        scratch.candidates.removeAll(keepingCapacity: true)
        for portfolio in portfolios {
            for index in book.interSpreadsByFirstLeg[portfolio.combinedCommodity]
            where book.interSpreads[index].legs.allSatisfy({ scratch.portfolioIndices[$0.combinedCommodity] >= 0 }) {
                scratch.candidates.append(index)
            }
        }
        scratch.candidates.sort()
    }

    private func form(
        isSuper: Bool, in portfolios: inout [CommodityPortfolio], formed: inout InterSpreadsFormed, cut: CreditRateCut,
        scratch: KernelScratch
    ) {
        for index in scratch.candidates where book.interSpreads[index].isSuper == isSuper {
            let spread = book.interSpreads[index]
            if spread.kind == .scan {
                if let group = spread.scanAsOne(
                    index, in: &portfolios, portfolioIndices: scratch.portfolioIndices, book: book, cut: cut)
                {
                    formed.groups.append(group)
                }
            } else if let one = spread.form(
                index, in: &portfolios, portfolioIndices: scratch.portfolioIndices, book: book, cut: cut)
            {
                formed.spreads.append(one)
            }
        }
    }
}

/// Super- and inter-commodity spreads that formed, in the order in which they did.
struct InterSpreadsFormed {
    var spreads: [InterSpreadFormed] = []
    var groups: [ScanGroupRisk] = []
}

extension CommodityPortfolio {
    /// Steps 2 and 3 on what the super spreads have left.
    mutating func formIntraAndDelivery(_ terms: MarginBook.CombinedCommodityTerms) {
        if !terms.intraSpreads.isEmpty {
            intra = terms.formIntraSpreads(
                heldMonths: heldMonths, remaining: &remaining, weightedPriceRisk: weightedPriceRisk.chosen)
        }
        if !terms.deliveryCharges.isEmpty {
            delivery = terms.chargeDelivery(heldMonths: heldMonths, deltas: deltas, remaining: remaining)
        }
    }
}
