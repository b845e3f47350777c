import Calibration
import Margining
import Quantities
import Testing

/// Tool (a) and the step limit (docs/methodology.md §10.2, steps 2 to 4).
struct BufferTests {
    private func fraction(_ numerator: Int128, _ denominator: Int128) -> ExactFraction {
        ExactFraction(numerator, over: denominator)
    }

    /// A core of 10, a buffer of a quarter, a trigger of a tenth.
    private func figure(_ standing: StandingValue?, limit: String? = nil) throws -> CalibratedFigure {
        let rule = scanRange {
            $0.buffer = BufferTool(size: exact("0.25"))
            $0.stepLimit = limit.map(exact)
        }
        return try calibrated(rule, history(levels(after: ["10", "0", "0"])), standing: standing)
    }

    @Test func `a value without a calibration behind it begins with a full buffer`() throws {
        for standing in [nil, StandingValue(value: exact("11"))] {
            let found = try figure(standing)
            #expect(found.buffer?.state == .initial && found.buffer?.share == fraction(1, 4))
            #expect(found.beforeLimit == exact("12.5") && found.new == exact("12.5"))
        }
    }

    @Test(arguments: [
        // Core before, buffer before, value in force: state, buffer, figure. A rise is above 1.1 times the core before.
        ("9", (1, 5), "11", BufferState.drawn, (1, 10), "11"),
        ("9", (1, 20), "11", .kept, (1, 10), "11"),
        ("9", (1, 10), "11", .kept, (1, 10), "11"),
        ("9", (1, 5), "10", .exhausted, (0, 1), "10"),
        ("9", (1, 5), "9.5", .exhausted, (0, 1), "10"),
        // Held as far as a full buffer reaches, no further.
        ("9", (1, 5), "14", .kept, (1, 4), "12.5"),
        // 9.0909… · 1.1 is exactly 10 nowhere; 9.1 · 1.1 = 10.01 is no rise.
        ("9.1", (1, 10), "11", .rebuilding, (3, 20), "11.5"),
        ("10", (1, 5), "12", .full, (1, 4), "12.5"),
        ("10", (6, 25), "12", .full, (1, 4), "12.5"),
        ("10", (9, 10), "12", .full, (1, 4), "12.5"),
        ("20", (1, 3), "12", .full, (1, 4), "12.5"),
        ("20", (1, 7), "12", .rebuilding, (27, 140), "11.928571428571"),
    ])
    func `a rise draws the buffer down and quiet days rebuild it`(
        core: String, before: (Int128, Int128), value: String, state: BufferState, after: (Int128, Int128),
        whole: String
    ) throws {
        let found = try figure(
            standing(value, core: core, buffer: fraction(before.0, before.1)))
        #expect(found.buffer?.state == state)
        #expect(found.buffer?.share == fraction(after.0, after.1))
        #expect(found.beforeLimit == exact(whole))
        #expect(found.old == exact(value))
    }

    @Test func `a core of the trigger itself is no rise`() throws {
        let rule = scanRange { $0.buffer = BufferTool(size: exact("0.25")) }
        let found = try calibrated(
            rule, history(levels(after: ["11", "0", "0"])),
            standing: standing("10", core: "10", buffer: fraction(0, 1)))
        #expect(found.buffer?.state == .rebuilding && found.buffer?.share == fraction(1, 20))
    }

    @Test(
        arguments: [
            // In force, limit: limited, flag, new, change. The figure is 12.5, its core 10.
            ("11", "0.15", StepLimited.no, nil, "12.5", "0.136364"),
            ("12.5", "0", .no, nil, "12.5", "0.000000"),
            ("10", "0.15", .up, nil, "11.5", "0.150000"),
            ("8", "0.15", .up, CalibrationFlag.belowCore, "9.2", "0.150000"),
            ("8", "0.25", .up, nil, "10", "0.250000"),
            ("20", "0.15", .down, nil, "17", "-0.150000"),
            // 14.7051 · 0.85 = 12.499335 goes up to the next 0.01.
            ("14.7051", "0.15", .no, nil, "12.5", "-0.149955"),
            ("14.707", "0.15", .down, nil, "12.51", "-0.149385"),
            ("0", "0.15", .up, .belowCore, "0", nil),
        ] as [(String, String, StepLimited, CalibrationFlag?, String, String?)])
    func `the step limit cuts a change, and a rise cut below the core is flagged`(
        value: String, limit: String, limited: StepLimited, flag: CalibrationFlag?, new: String, change: String?
    ) throws {
        let found = try figure(StandingValue(value: exact(value)), limit: limit)
        #expect(found.beforeLimit == exact("12.5"))
        #expect(found.limited == limited)
        #expect(found.flag == flag)
        #expect(found.new == exact(new))
        #expect(found.change?.text(decimals: 6) == change)
    }

    @Test func `a walk hands value, core and buffer on`() throws {
        let rule = scanRange {
            $0.buffer = BufferTool(size: exact("0.25"))
            $0.lookBackDays = 3
        }
        let series = try history(levels(after: ["1", "2", "4", "4", "8", "0", "0", "0", "1"]))
        let calibration = try ScanRangeCalibration(rule, history: series)
        var standing: StandingValue?
        var states: [String] = []
        for number in 3...9 {
            let found = try calibration.figure(on: day(number), standing: standing)
            standing = found.standing
            states.append("\(found.new) \(found.buffer?.state.rawValue ?? "")")
        }
        // Cores 4, 4, 8, 8, 8, 0, 1.
        #expect(
            states == [
                "5 initial", "5 full", "8 exhausted", "8.4 rebuilding", "8.8 rebuilding", "0 rebuilding", "1 exhausted",
            ])
        let bare = try calibration.figure(on: day(5), standing: nil)
        #expect(bare.standing.proposed?.core == exact("8"))
        #expect(try calibrated(rule.withoutTools, series).standing.proposed == nil)
    }
}
