import Calibration
import Testing

@Suite struct ScanRangeTests {}
