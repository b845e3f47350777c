import ClearingModel
import Glibc

/// American options by a recombining binomial lattice, prepared for many underlyings.
///
/// Leisen–Reimer (odd steps, second-order convergence), Cox–Ross–Rubinstein, and for the normal law the symmetric
/// arithmetic walk. O(steps²) a value, which allocates two arrays of steps + 1 numbers. Where a walk has no
/// probabilities (a volatility too low for its step, an underlying too far from the strike) the value is the larger
/// of the European closed form and the deterministic limit. Source: methodology §2; Haug 2007 pp. 284–292.
struct Lattice: Sendable {
    enum Walk: Sendable { case leisenReimer, coxRossRubinstein, arithmetic }

    let walk: Walk
    let steps: Int
    let terms: VanillaOption
    let deviation: Double
    let time: Double

    init(_ terms: VanillaOption, walk: Walk, steps: Int, deviation: Double, time: Double) {
        self.walk = walk
        self.steps = walk == .leisenReimer ? max(steps, 1) | 1 : max(steps, 1)
        self.terms = terms
        self.deviation = deviation
        self.time = time
    }

    private var stepGrowth: Double { exponential(terms.growthRate * time / Double(steps)) }

    private var stepDiscount: Double { exponential(-terms.discountRate * time / Double(steps)) }

    func value(underlying: Double) -> Double {
        if walk == .arithmetic { return arithmeticValue(underlying: underlying) }
        let worthless = max(terms.strike * exponential(-terms.discountRate * time), terms.strike)
        if underlying <= 0 { return terms.right == .call ? 0 : worthless }
        let european = GeneralisedBlackScholes(terms, deviation: deviation, time: time)
        let branch = walk == .leisenReimer ? leisenReimerBranch(underlying, european) : coxRossRubinsteinBranch()
        let lowest = underlying * pow(branch.down, Double(steps))
        let highest = underlying * pow(branch.up, Double(steps))
        guard branch.probability > 0, branch.probability < 1, lowest > 0, highest < .infinity else {
            let limit = DeterministicLimit(terms, time: time).value(underlying: underlying)
            return max(european.value(underlying: underlying), limit)
        }
        var grid = [Double](repeating: 1, count: steps + 1)
        let ratio = branch.up / branch.down
        for index in 1...steps { grid[index] = grid[index - 1] * ratio }
        let rolled = rollBack(
            Level(grid: grid, scale: lowest, scaleStep: 1 / branch.down, offset: 0, offsetStep: 0), branch)
        return max(rolled, terms.sign * (underlying - terms.strike))
    }

    private func arithmeticValue(underlying: Double) -> Double {
        let move = deviation / Double(steps).squareRoot()
        var grid = [Double](repeating: 0, count: steps + 1)
        for index in 1...steps { grid[index] = 2 * move * Double(index) }
        let lowest = underlying - move * Double(steps)
        let rolled = rollBack(
            Level(grid: grid, scale: 1, scaleStep: 1, offset: lowest, offsetStep: move),
            Branch(up: move, down: -move, probability: 0.5, complement: 0.5))
        return max(rolled, terms.sign * (underlying - terms.strike))
    }

    struct Branch {
        let up: Double
        let down: Double
        let probability: Double
        /// 1 − probability, without cancellation.
        let complement: Double
    }

    /// The underlying at node j of a level, scale·grid[j] + offset, and how both change one level towards the root.
    private struct Level {
        let grid: [Double]
        let scale: Double
        let scaleStep: Double
        let offset: Double
        let offsetStep: Double
    }

    /// Leisen and Reimer 1996 with the second Peizer–Pratt inversion.
    private func leisenReimerBranch(_ underlying: Double, _ european: GeneralisedBlackScholes) -> Branch {
        let logMoneyness = european.logMoneyness(underlying)
        let worth = peizerPratt(european.d1(logMoneyness))
        let cost = peizerPratt(european.d2(logMoneyness))
        let stepGrowth = stepGrowth
        return Branch(
            up: stepGrowth * worth.probability / cost.probability,
            down: stepGrowth * worth.complement / cost.complement,
            probability: cost.probability, complement: cost.complement)
    }

    private func peizerPratt(_ z: Double) -> (probability: Double, complement: Double) {
        let count = Double(steps)
        let scaled = z / (count + 1.0 / 3 + 0.1 / (count + 1))
        let decayed = exponential(-scaled * scaled * (count + 1.0 / 6))
        let tail = 0.5 * decayed / (1 + (1 - decayed).squareRoot())
        return z >= 0 ? (1 - tail, tail) : (tail, 1 - tail)
    }

    private func coxRossRubinsteinBranch() -> Branch {
        let up = exponential(deviation / Double(steps).squareRoot())
        let stepGrowth = stepGrowth
        let probability = (stepGrowth - 1 / up) / (up - 1 / up)
        return Branch(up: up, down: 1 / up, probability: probability, complement: 1 - probability)
    }

    private func rollBack(_ last: Level, _ branch: Branch) -> Double {
        let grid = last.grid
        let (sign, strike) = (terms.sign, terms.strike)
        let stepDiscount = stepDiscount
        let rise = stepDiscount * branch.probability
        let fall = stepDiscount * branch.complement
        var scale = last.scale
        var offset = last.offset
        var values = grid.map { max(sign * (scale * $0 + offset - strike), 0) }
        for count in stride(from: steps, to: 0, by: -1) {
            scale *= last.scaleStep
            offset += last.offsetStep
            let (slope, shift) = (sign * scale, sign * (offset - strike))
            // Stated once, so that the loop needs no bounds checks and runs in vectors.
            precondition(count < values.count && count < grid.count)
            for index in 0..<count {
                let held = rise * values[index + 1] + fall * values[index]
                let exercised = slope * grid[index] + shift
                values[index] = exercised > held ? exercised : held
            }
        }
        return values[0]
    }
}
