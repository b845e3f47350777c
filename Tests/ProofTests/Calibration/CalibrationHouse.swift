import PlainMargin
import TestSupport

/// A random calibration of §10: histories with and without faults, rules with and without tools, of every item.
struct CalibrationHouse {
    private var random: SeededGenerator
    private var house = PlainCalibrationHouse(today: PlainDay(2025, 5, 16))

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func make() -> PlainCalibrationHouse {
        if random.once(in: 12) { house.today = PlainDay(2024, 2, 29) }
        let days = weekdays(random.once(in: 3) ? random.whole(280...520) : random.whole(30...120))
        for code in ["F1", "F2", "F3"] { house.factors.append(factor(code, days)) }
        for number in 1...random.whole(1...4) { add(number) }
        if random.once(in: 3) { spoil() }
        return house
    }

    /// The last so many weekdays up to today.
    private func weekdays(_ count: Int) -> [PlainDay] {
        var (days, day) = ([PlainDay](), house.today.number)
        while days.count < count {
            // 1 January of the year 1 was a Monday.
            if day % 7 < 5 { days.append(PlainDay(number: day)) }
            day -= 1
        }
        return days.reversed()
    }

    private mutating func factor(_ code: String, _ days: [PlainDay]) -> PlainFactor {
        let (isLog, decimals) = (random.once(in: 2), random.whole(0...3))
        var level = random.decimal(isLog ? 4_000...9_000 : -500...9_000, decimals: decimals)
        let (step, isQuiet) = (random.whole(1...120), random.once(in: 15))
        let levels = days.map { _ in
            if !isQuiet, !random.once(in: 6) { level += random.decimal(-step...step, decimals: decimals) }
            if isLog, level <= 0 { level = random.decimal(100...200, decimals: decimals) }
            return level
        }
        return PlainFactor(code: code, isLog: isLog, days: days, levels: levels)
    }

    private mutating func add(_ number: Int) {
        let item = random.one(of: [
            PlainCalibrationRule.Item.priceScanRange, .priceScanRange, .priceScanRange, .volatilityScanRange, .haircut,
            .intraSpread, .offsetRate,
        ])
        var rule = PlainCalibrationRule(item: item, key: "K\(number)")
        rule.horizon = random.whole(1...4)
        rule.confidence = random.one(of: ["0.99", "0.95", "0.6", "0.975", "0.999"])
        rule.lookBack = random.once(in: 2) ? random.whole(4...90) : nil
        rule.minObservations = random.once(in: 5) ? random.whole(5...60) : 1
        rule.minMovingShare = random.once(in: 6) ? random.decimal(0...10, decimals: 1) : 0
        rule.maxGap = random.once(in: 15) ? 2 : 7
        rule.increment = random.one(of: ["0.01", "0.005", "0.0001", "1", "0.7"])
        rule.stepLimit = random.once(in: 2) ? random.decimal(0...40, decimals: 2) : nil
        if item == .intraSpread || item == .offsetRate { addLegs(to: &rule) } else { addFactor(to: &rule) }
        addTools(to: &rule)
        house.rules.append(rule)
        if random.once(in: 2) { stand(rule) }
    }

    private mutating func addFactor(to rule: inout PlainCalibrationRule) {
        rule.factor = random.one(of: ["F1", "F2"])
        switch rule.item {
        case .priceScanRange: rule.unit = random.one(of: [.amount, .percent])
        case .volatilityScanRange: rule.unit = random.one(of: [.absolute, .relative])
        default: rule.unit = nil
        }
        rule.lambda = random.one(of: ["0.97", "0.9", "0.5"])
        rule.seedDays = random.whole(2...12)
        rule.z = random.one(of: ["2.575829", "1", "0.5", "0.000001"])
        rule.volatilityFloor = random.once(in: 5) ? random.decimal(1...30, decimals: 2) : 0
        if random.once(in: 2) {
            rule.buffer = random.decimal(0...50, decimals: 2)
            rule.riseTrigger = random.decimal(0...20, decimals: 2)
            rule.rebuildStep = random.decimal(1...20, decimals: 2)
        }
    }

    private mutating func addLegs(to rule: inout PlainCalibrationRule) {
        for (place, code) in ["F1", "F2", "F3"].prefix(random.whole(2...3)).enumerated() {
            rule.legs.append(
                PlainLeg(
                    factor: random.once(in: 12) ? "F1" : code, ratio: random.decimal(1...30, decimals: 1),
                    contractValueFactor: random.one(of: ["1", "10", "0.5"]),
                    isSideA: place == 0 || place > 1 && random.once(in: 2)))
        }
        rule.cap = random.once(in: 3) ? random.decimal(0...90, decimals: 2) : "0.80"
        rule.breakZ = random.one(of: ["1.96", "0.5"])
        rule.breakHaircut = random.decimal(0...50, decimals: 2)
    }

    private mutating func addTools(to rule: inout PlainCalibrationRule) {
        let span = house.today.number - house.factors[0].days[0].number
        if rule.item == .offsetRate || random.once(in: 2) {
            if rule.item != .offsetRate { rule.stressedWeight = random.decimal(0...100, decimals: 2) }
            rule.minStressed = random.once(in: 6) ? random.whole(5...30) : 1
            for number in 1...random.whole(1...2) {
                let from = house.today.number - random.whole(20...max(20, span))
                rule.windows.append(
                    PlainWindow(
                        "S\(number)", PlainDay(number: from), PlainDay(number: from + random.whole(12...60))))
            }
        }
        if span > 370, random.once(in: 2) {
            rule.floorYears = 1
            rule.floorIsQuantile = random.once(in: 2)
        } else if random.once(in: 25) {
            rule.floorYears = random.whole(1...3)
        }
    }

    private mutating func stand(_ rule: PlainCalibrationRule) {
        var standing = PlainStanding(value: random.decimal(0...40_000, decimals: random.whole(2...5)))
        if rule.buffer != nil, !random.once(in: 4) {
            standing.core = (standing.value * random.decimal(50...100, decimals: 2)).rounded(8)
            standing.buffer = random.decimal(0...50, decimals: 2)
        }
        house.standing["\(rule.item.rawValue) \(rule.key)"] = standing
    }

    /// One fault of a history.
    private mutating func spoil() {
        let place = random.whole(0...2)
        let count = house.factors[place].days.count
        switch random.whole(1...5) {
        case 1:
            let day = random.whole(1...count - 2)
            house.factors[place].days.remove(at: day)
            house.factors[place].levels.remove(at: day)
        case 2:
            let days = random.whole(2...count - 2)
            house.factors[place].days.removeLast(min(days, 12))
            house.factors[place].levels.removeLast(min(days, 12))
        case 3:
            let first = random.whole(1...count - 10)
            house.factors[place].days.removeSubrange(first..<(first + 8))
            house.factors[place].levels.removeSubrange(first..<(first + 8))
        case 4: house.factors[place].levels[random.whole(0...count - 1)] = 0
        default:
            let days = random.whole(1...count - 8)
            house.factors[place].days.removeFirst(days)
            house.factors[place].levels.removeFirst(days)
        }
    }
}
