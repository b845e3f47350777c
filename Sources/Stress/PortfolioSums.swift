import ClearingModel
import Quantities

/// Adds portfolios up one after another, each in the numbers that hold its sums: nearly all in Doubles.
struct PortfolioSums {
    private let book: StressBook
    private let losses: LossRows
    private let summands: BoundedSummands
    private var doubles: ExposureSums<Double>
    private var wholes: ExposureSums<Int64>
    private var wide: ExposureSums<Int128>

    init(_ book: StressBook, _ losses: LossRows, _ summands: BoundedSummands) {
        self.book = book
        self.losses = losses
        self.summands = summands
        doubles = ExposureSums(book.currencies, losses)
        wholes = ExposureSums(book.currencies, losses)
        wide = ExposureSums(book.currencies, losses)
    }

    /// Each portfolio's bound and its exposure in each scenario; nil where some sum could leave its bounds.
    ///
    /// What adding up a portfolio reads lies all over the memory: its look at it comes one portfolio early, so that it
    /// is there by then.
    mutating func exposures(of portfolios: Range<Int>) -> [Int64]? {
        let (book, losses, summands) = (book, losses, summands)
        let (all, positions, narrow) = (book.portfolios.span, book.positions.span, losses.narrow.span)
        let (ofDoubles, ofWholes) = (summands.doubles.span, summands.wholes.span)
        let ofWide = summands.exact.span
        var values: [Int64] = []
        values.reserveCapacity(portfolios.count * (losses.columns + 1))
        var next = PortfolioLook()
        for place in portfolios {
            if place == portfolios.lowerBound {
                next = summands.look(at: positions.extracting(all[place].positions), narrow)
            }
            let look = next
            if place + 1 < portfolios.upperBound {
                next = summands.look(at: positions.extracting(all[place + 1].positions), narrow)
            }
            let (own, isGross) = (positions.extracting(all[place].positions), all[place].isGross)
            guard look.isWithinBounds else { return nil }
            if look.largestSum < 9e15, !look.hasWide {
                doubles.append(own, isGross: isGross, ofDoubles, narrow, to: &values)
            } else if look.largestSum < 9e18 {
                wholes.append(own, isGross: isGross, ofWholes, narrow, to: &values)
            } else {
                wide.append(own, isGross: isGross, ofWide, narrow, to: &values)
            }
        }
        return values
    }
}

/// What decides how a portfolio is added up.
struct PortfolioLook {
    /// Every position's largest loss and its option value, added up in the scale without a sign: what no sum exceeds,
    /// whatever the order of its additions.
    fileprivate(set) var largestSum = 0.0
    /// The same in minor units of the base currency.
    fileprivate var inBase = 0.0
    /// Whether some position's losses are beyond 32 bits.
    fileprivate(set) var hasWide = false

    /// Whether no sum can leave 64 bits of the base currency's minor units, or 126 bits.
    var isWithinBounds: Bool { inBase < 9e18 && largestSum < 8e37 }
}

/// The summands of a book's series with what bounds their sums.
struct BoundedSummands: Sendable {
    let exact: [SeriesSummand<Int128>]
    let wholes: [SeriesSummand<Int64>]
    let doubles: [SeriesSummand<Double>]
    /// By currency, the base currency's minor units in one of the scale.
    private let inBase: [Double]
    /// From row to row of narrow losses.
    private let stride: Int

    init(_ summands: SeriesSummands, _ losses: LossRows, inBase: [Double]) {
        (exact, wholes) = (summands.exact, summands.wholes)
        doubles = zip(summands.doubles, losses.largest).map { summand, loss in
            var summand = summand
            summand.largest = Double(loss) * summand.factor + abs(summand.netOptionValue)
            return summand
        }
        self.inBase = inBase
        stride = losses.start(of: 1)
    }

    /// Looks at a portfolio; `narrow` are the losses that 32 bits hold.
    func look(at positions: Span<Position>, _ narrow: Span<Int32>) -> PortfolioLook {
        let (inBase, doubles) = (inBase.span, doubles.span)
        var look = PortfolioLook()
        var wide: Int32 = 0
        for place in positions.indices {
            let position = positions[place]
            let series = Int(position.series)
            let bound = (Double(position.long) + Double(position.short)) * doubles[series].largest
            look.largestSum += bound
            look.inBase += bound * inBase[Int(doubles[series].currency)]
            wide |= narrow[series * stride] | narrow[(series + 1) * stride - 1]
        }
        look.hasWide = wide != 0
        return look
    }
}
