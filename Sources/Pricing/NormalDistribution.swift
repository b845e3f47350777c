import Glibc

/// 1/√2.
let inverseRootTwo = 0.707106781186547524400844362104849039

/// 1/√(2π).
let inverseRootTwoPi = 0.398942280401432677939946059934381868

/// √(2π).
let rootTwoPi = 2.50662827463100050241576528481104525

/// The standard normal distribution function, ½·erfc(−x/√2), accurate in the left tail too.
///
/// Any x; 0 at −∞, 1 at +∞; relative error about (4 + x²)·1e-16. About 10 ns.
package func cumulativeNormal(_ x: Double) -> Double { 0.5 * erfc(-x * inverseRootTwo) }

/// The standard normal density, e^{−x²/2}/√(2π).
package func normalDensity(_ x: Double) -> Double { inverseRootTwoPi * exp(-0.5 * x * x) }
