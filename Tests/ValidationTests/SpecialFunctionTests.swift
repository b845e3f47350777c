import Testing
import Validation

/// Binomial tails, interval bounds and χ² tails against figures of 50 digits, computed with mpmath 1.3 from direct sums
/// of the mass and bisection.
struct SpecialFunctionTests {
    private func isNear(_ found: Double, _ wanted: Double, within bound: Double = 1e-11) -> Bool {
        abs(found - wanted) <= bound * abs(wanted)
    }

    @Test(
        arguments: [
            (1, 0, 0.01, 0.99, 1.0),
            (1, 1, 0.01, 1.0, 0.01),
            (250, 0, 0.01, 0.08105851616218146, 1.0),
            (250, 5, 0.01, 0.95881681593015164, 0.10781237309637472),
            (250, 20, 0.01, 0.99999999999979029, 1.9070670359044462e-12),
            (250, 60, 0.01, 1.0, 6.138784008036773e-63),
            (250, 250, 0.01, 1.0, 0.0),
            (250, 10, 0.025, 0.94846138893751346, 0.099507815002231784),
            (500, 9, 0.01, 0.96889789335151208, 0.067110159913704708),
            (12000, 120, 0.01, 0.52425332717164659, 0.51232301085499011),
            (12000, 300, 0.01, 1.0, 6.0177616391959338e-44),
            (12000, 40, 0.01, 1.5715477027764884e-17, 0.99999999999999999),
            (20000, 0, 0.0001, 0.13532174948273023, 1.0),
            (20000, 2, 0.0001, 0.67667641640864482, 0.59400768449520712),
            (20000, 60, 0.0001, 1.0, 1.7846468027243649e-65),
            (20000, 10000, 0.5, 0.50282091265611021, 0.50282091265611021),
            (20000, 9500, 0.5, 8.0055467007939568e-13, 0.99999999999927708),
            (20000, 5600, 0.25, 1.0, 2.0527065450518338e-22),
            (17, 16, 0.3, 0.99999999870859837, 5.251699962e-8),
            (60, 3, 0.001, 0.99999953371804481, 3.2789369173183991e-5),
        ] as [(Int, Int, Double, Double, Double)])
    func `both tails of a binomial distribution, however small`(
        count: Int, successes: Int, p: Double, lower: Double, upper: Double
    ) {
        let distribution = BinomialDistribution(count: count, probability: p)
        #expect(isNear(distribution.lowerTail(successes), lower), "\(distribution.lowerTail(successes))")
        #expect(isNear(distribution.upperTail(successes), upper), "\(distribution.upperTail(successes))")
    }

    @Test(
        arguments: [
            (1, 0, 0.025, 1.0),
            (1, 1, 0.0, 0.975),
            (250, 0, 0.98535281136431963, 1.0),
            (250, 1, 0.97791613499936679, 0.99989873389582095),
            (250, 250, 0.0, 0.014647188635680366),
            (250, 7, 0.94316275472694637, 0.98866998620434147),
            (248, 7, 0.94271130392825515, 0.98857801826779721),
            (12000, 120, 0.98805417586384373, 0.99170224593861276),
            (20000, 3, 0.99956169954660636, 0.99996906532555471),
            (20000, 19999, 1.2658895979755805e-6, 0.00027855033217451133),
            (5000, 2500, 0.48604437400092578, 0.51395562599907422),
            (3, 2, 0.0084037586596126366, 0.90570067594975392),
        ] as [(Int, Int, Double, Double)])
    func `the inverse incomplete beta function bounds a coverage`(
        count: Int, exceptions: Int, lower: Double, upper: Double
    ) {
        let covered = count - exceptions
        if covered > 0 {
            let found = IncompleteBeta(covered, exceptions + 1).quantile(lower: 0.025)
            #expect(isNear(found, lower), "\(found)")
            #expect(isNear(IncompleteBeta(covered, exceptions + 1).lower(found), 0.025))
        }
        if exceptions > 0 {
            let found = IncompleteBeta(covered + 1, exceptions).quantile(upper: 0.025)
            #expect(isNear(found, upper), "\(found)")
            #expect(isNear(IncompleteBeta(covered + 1, exceptions).upper(found), 0.025))
        }
    }

    @Test(
        arguments: [
            (1e-12, 0.9999992021154392, 0.9999999999995),
            (0.001, 0.97477287936996039, 0.99950012497916927),
            (0.5, 0.47950012218695346, 0.77880078307140487),
            (3.841458820694124, 0.050000000000000058, 0.14650006448608432),
            (25, 5.7330314375838782e-7, 3.726653172078671e-6),
            (200, 2.0884875837625448e-45, 3.720075976020836e-44),
            (700, 2.9902269751246203e-154, 9.9295903962649793e-153),
        ] as [(Double, Double, Double)])
    func `the upper tails of χ² of one and two degrees of freedom`(x: Double, one: Double, two: Double) {
        #expect(isNear(chiSquaredUpperTail1(x), one), "\(chiSquaredUpperTail1(x))")
        #expect(isNear(chiSquaredUpperTail2(x), two), "\(chiSquaredUpperTail2(x))")
    }

    @Test func `the mass of every count adds up to one, and the tails to one and the mass between them`() {
        for (count, p) in [(1, 0.3), (16, 0.5), (17, 0.01), (300, 0.99), (2_000, 0.0001)] {
            let distribution = BinomialDistribution(count: count, probability: p)
            let sum = (0...count).reduce(0.0) { $0 + distribution.mass($1) }
            #expect(isNear(sum, 1), "\(sum)")
            for successes in 0...count {
                let both = distribution.lowerTail(successes) + distribution.upperTail(successes)
                #expect(isNear(both, 1 + distribution.mass(successes)))
            }
        }
    }

    @Test func `tails end at the ends`() {
        let distribution = BinomialDistribution(count: 5, probability: 0.25)
        #expect(distribution.lowerTail(-1) == 0 && distribution.lowerTail(5) == 1)
        #expect(distribution.upperTail(0) == 1 && distribution.upperTail(6) == 0)
        #expect(distribution.mass(-1) == 0 && distribution.mass(6) == 0)
        #expect(chiSquaredUpperTail1(0) == 1 && chiSquaredUpperTail1(-1) == 1 && chiSquaredUpperTail2(0) == 1)
        for p in [0.0, 1] {
            let certain = BinomialDistribution(count: 5, probability: p)
            #expect(certain.mass(Int(p) * 5) == 1 && certain.mass(2) == 0)
        }
    }
}
