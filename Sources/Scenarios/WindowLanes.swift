/// Accumulates values over each of many windows: x ← factor · x + value, from a start of each window's own.
///
/// Every window has the bits of a pass of its own, oldest value first; sixteen of them go side by side because one
/// alone waits for itself. Windows that begin at one place, each no shorter than the one before, are one pass. A factor
/// of 1 makes plain sums. `starts` are as many as windows, which lie inside the values. O(all values of all windows),
/// of windows with a common beginning O(the longest).
package func accumulated(
    _ values: [Double], over windows: [Range<Int>], factor: Double, from starts: [Double]
) -> [Double] {
    precondition(windows.count == starts.count, "every window has a start")
    var results = starts
    var index = 0
    while index < windows.count {
        let first = index
        func continues(_ next: Int) -> Bool {
            next < windows.count && windows[next].lowerBound == windows[next - 1].lowerBound
                && windows[next].upperBound >= windows[next - 1].upperBound && starts[next] == starts[next - 1]
        }
        if continues(index + 1) {
            var (sum, place) = (starts[index], windows[index].lowerBound)
            repeat {
                while place < windows[index].upperBound {
                    sum = factor * sum + values[place]
                    place += 1
                }
                results[index] = sum
                index += 1
            } while continues(index)
        } else {
            repeat { index += 1 } while index < windows.count && index - first < 16 && !continues(index + 1)
            accumulate(values, windows, first..<index, factor: factor, &results)
        }
    }
    return results
}

/// Up to sixteen windows side by side, whose starts stand in the results: what all of them have together, then the rest
/// of each.
private func accumulate(
    _ values: [Double], _ windows: [Range<Int>], _ lanes: Range<Int>, factor: Double, _ results: inout [Double]
) {
    let steps = lanes.reduce(Int.max) { min($0, windows[$1].count) }
    // Lanes beyond the last are the last again.
    func lane(_ number: Int) -> Int { min(lanes.lowerBound + number, lanes.upperBound - 1) }
    func begin(_ number: Int) -> Int { windows[lane(number)].lowerBound }
    var sums = SIMD16<Double>()
    for number in 0..<16 { sums[number] = results[lane(number)] }
    let first = begin(0)
    if (1..<16).allSatisfy({ begin($0) == first + $0 }) {
        // Days that follow one another: sixteen values that do, too.
        let run = values.span.extracting(first..<first + steps + 15)
        for step in 0..<max(0, run.count - 15) {
            let low = SIMD8(
                run[step], run[step + 1], run[step + 2], run[step + 3], run[step + 4], run[step + 5], run[step + 6],
                run[step + 7])
            let high = SIMD8(
                run[step + 8], run[step + 9], run[step + 10], run[step + 11], run[step + 12], run[step + 13],
                run[step + 14], run[step + 15])
            sums = factor * sums + SIMD16(lowHalf: low, highHalf: high)
        }
    } else {
        let begins = (0..<16).map(begin)
        for step in 0..<steps {
            var next = SIMD16<Double>()
            for number in 0..<16 { next[number] = values[begins[number] + step] }
            sums = factor * sums + next
        }
    }
    for index in lanes {
        var sum = sums[index - lanes.lowerBound]
        for place in (windows[index].lowerBound + steps)..<windows[index].upperBound {
            sum = factor * sum + values[place]
        }
        results[index] = sum
    }
}
