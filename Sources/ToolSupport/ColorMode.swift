/// When to colour.
package enum ColorMode: String, Sendable, CaseIterable { case auto, always, never }
