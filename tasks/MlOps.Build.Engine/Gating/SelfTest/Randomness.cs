using MlOps.Build.Engine.Evaluating;

namespace MlOps.Build.Engine.Gating;

/// <summary>What a self-test draws.</summary>
internal static class Randomness
{
    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public static double Normal(this Xoshiro256 random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The same items in random order (Fisher and Yates).</summary>
    public static T[] Shuffled<T>(this Xoshiro256 random, IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        for (var i = shuffled.Length - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    /// <summary>Each row of a set takes the place of another one of it, the rest stay.</summary>
    public static Func<int, int> Permutation(this Xoshiro256 random, int[] rows)
    {
        var others = rows.Zip(random.Shuffled(rows)).ToDictionary(pair => pair.First, pair => pair.Second);
        return row => others.TryGetValue(row, out var other) ? other : row;
    }
}
