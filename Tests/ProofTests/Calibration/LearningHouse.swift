import PlainMargin
import TestSupport

/// Random histories of §10.6: factors that have much in common or little, with holidays of their own and with faults.
struct LearningHouse {
    private var random: SeededGenerator
    private(set) var factors: [PlainFactor] = []
    private(set) var terms = PlainLearning.Terms(lookBack: 250, least: 60)
    /// Of the first two factors.
    private(set) var rule = PlainCalibrationRule(item: .offsetRate, key: "F1-F2")
    private(set) var walkDays = 40
    private(set) var cut = 1.0
    static let today = PlainDay(2025, 5, 16)

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        let count = random.whole(2...6)
        let days = weekdays(random.whole(300...400))
        let shared = days.map { _ in random.whole(-60...60) }
        for number in 1...count { factors.append(factor(number, days, shared)) }
        terms.lookBack = random.whole(80...300)
        terms.least = random.whole(20...70)
        rule.horizon = random.whole(1...3)
        terms.horizon = rule.horizon
        rule.confidence = random.one(of: ["0.99", "0.95", "0.9"])
        rule.increment = random.one(of: ["0.05", "0.01", "0.001"])
        rule.stepLimit = random.once(in: 3) ? "0.15" : nil
        rule.cap = random.one(of: ["0.80", "0.3"])
        for (place, code) in ["F1", "F2"].enumerated() {
            rule.legs.append(
                PlainLeg(
                    factor: code, ratio: random.decimal(5...30, decimals: 1),
                    contractValueFactor: random.one(of: ["1", "10"]), isSideA: place == 0))
        }
        walkDays = random.whole(15...60)
        cut = Double(random.whole(50...180)) / 100
        if random.once(in: 2) { spoil() }
    }

    private func weekdays(_ count: Int) -> [PlainDay] {
        var (days, day) = ([PlainDay](), Self.today.number)
        while days.count < count {
            if day % 7 < 5 { days.append(PlainDay(number: day)) }
            day -= 1
        }
        return days.reversed()
    }

    private mutating func factor(_ number: Int, _ days: [PlainDay], _ shared: [Int]) -> PlainFactor {
        let (isLog, decimals) = (random.once(in: 2), random.whole(0...3))
        let (own, common) = (random.whole(5...80), random.whole(-1...3))
        let hasHolidays = number > 2 && random.once(in: 2)
        var level = random.decimal(20_000...40_000, decimals: decimals)
        var factor = PlainFactor(code: "F\(number)", isLog: isLog, days: [], levels: [])
        for (day, move) in zip(days, shared) {
            level += random.decimal(-own...own, decimals: decimals) + Rational(move * common) * "0.1"
            if level <= 1 { level = random.decimal(20_000...40_000, decimals: decimals) }
            if hasHolidays, day != Self.today, random.once(in: 30) { continue }
            factor.days.append(day)
            factor.levels.append(level)
        }
        return factor
    }

    /// A fault of one factor.
    private mutating func spoil() {
        let place = random.whole(0...(factors.count - 1))
        let count = factors[place].days.count
        func drop(_ places: Range<Int>) {
            factors[place].days.removeSubrange(places)
            factors[place].levels.removeSubrange(places)
        }
        switch random.whole(1...6) {
        case 1: drop((count - 8)..<count)
        case 2:
            let first = count - random.whole(20...60)
            drop(first..<(first + 8))
        case 3:
            factors[place].isLog = true
            factors[place].levels[count - random.whole(2...90)] = 0
        case 4: drop(0..<(count - random.whole(5...60)))
        case 5:
            for back in stride(from: 8, through: 60, by: 4) { drop((count - back)..<(count - back + 1)) }
        default: for index in factors[place].levels.indices { factors[place].levels[index] = 7 }
        }
    }
}
