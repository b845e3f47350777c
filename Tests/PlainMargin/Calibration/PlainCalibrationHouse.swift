/// A factor's levels, oldest first.
package struct PlainFactor: Sendable {
    package var code: String
    /// Log returns; else differences.
    package var isLog: Bool
    package var days: [PlainDay]
    package var levels: [Rational]

    package init(code: String, isLog: Bool, days: [PlainDay], levels: [Rational]) {
        self.code = code
        self.isLog = isLog
        self.days = days
        self.levels = levels
    }
}

/// Days that count as stressed, bounds included.
package struct PlainWindow: Sendable {
    package var id: String
    package var from: PlainDay
    package var to: PlainDay

    package init(_ id: String, _ from: PlainDay, _ to: PlainDay) {
        self.id = id
        self.from = from
        self.to = to
    }

    func contains(_ day: PlainDay) -> Bool { from <= day && day <= to }
}

/// A leg of a spread.
package struct PlainLeg: Sendable {
    package var factor: String
    package var ratio: Rational
    package var contractValueFactor: Rational
    package var isSideA: Bool

    package init(factor: String, ratio: Rational, contractValueFactor: Rational, isSideA: Bool) {
        self.factor = factor
        self.ratio = ratio
        self.contractValueFactor = contractValueFactor
        self.isSideA = isSideA
    }
}

/// A calibration rule of §10.1, cell by cell; the defaults are the text's.
package struct PlainCalibrationRule: Sendable {
    package enum Item: String, Sendable {
        case priceScanRange = "price_scan_range"
        case volatilityScanRange = "volatility_scan_range"
        case haircut
        case intraSpread = "intra_spread"
        case offsetRate = "offset_rate"
    }
    package enum Unit: String, Sendable { case amount, percent, absolute, relative }

    package var item: Item
    package var key: String
    /// Of a scan range.
    package var unit: Unit?
    /// Of a scan range or haircut; nil where there are legs.
    package var factor: String?
    package var legs: [PlainLeg] = []
    package var horizon = 1
    package var confidence: Rational = "0.99"
    package var lookBack: Int?
    package var minObservations = 1
    package var minStressed = 20
    package var minMovingShare: Rational = 0
    package var maxGap = 7
    package var lambda: Rational = "0.97"
    package var seedDays = 60
    package var z: Rational = "2.575829"
    package var volatilityFloor: Rational = 0
    package var increment: Rational = 1
    package var stepLimit: Rational?
    package var floorYears: Int?
    package var floorIsQuantile = false
    package var stressedWeight: Rational?
    package var windows: [PlainWindow] = []
    package var buffer: Rational?
    package var riseTrigger: Rational = "0.10"
    package var rebuildStep: Rational = "0.05"
    package var cap: Rational = "0.80"
    package var breakZ: Rational = "1.96"
    package var breakHaircut: Rational = "0.25"

    package init(item: Item, key: String) {
        self.item = item
        self.key = key
    }
}

/// What is in force.
package struct PlainStanding: Sendable {
    package var value: Rational
    package var core: Rational?
    package var buffer: Rational?

    package init(value: Rational, core: Rational? = nil, buffer: Rational? = nil) {
        self.value = value
        self.core = core
        self.buffer = buffer
    }
}

/// One proposed value.
package struct PlainProposal: Sendable {
    package var item = ""
    package var key = ""
    package var bounds: [(name: String, value: PlainNumber)] = []
    package var bound = ""
    package var core: Rational = 0
    package var buffer: Rational?
    package var bufferState = ""
    package var beforeLimit: Rational = 0
    package var old: Rational?
    package var limited = "no"
    package var flag = ""
    package var new: Rational = 0
    package var change: Rational?
    package var observations = 0
    package var firstDay = PlainDay(number: 0)
    package var lastDay = PlainDay(number: 0)
    package var correlations: (recent: Double, earlier: Double, z: Double, isBroken: Bool)?
}

/// A calibration: its day, rules, histories and what is in force by item and key.
package struct PlainCalibrationHouse: Sendable {
    package var today: PlainDay
    package var rules: [PlainCalibrationRule] = []
    package var factors: [PlainFactor] = []
    package var standing: [String: PlainStanding] = [:]

    package init(today: PlainDay) { self.today = today }
}

/// Why nothing is proposed: the rule, and what it names.
package struct PlainCalibrationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package var rule: String
    package var item: String

    package init(_ rule: String, _ item: String) {
        self.rule = rule
        self.item = item
    }

    package var description: String { "\(rule) \(item)" }
}
