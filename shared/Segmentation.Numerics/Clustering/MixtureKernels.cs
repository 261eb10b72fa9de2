using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Segmentation.Numerics.Clustering;

/// <summary>The loops of expectation and maximisation over all points, each also in plain numbers that give the same bits.</summary>
/// <remarks>All arrays are as long as a padded column; weights of the padding are 0, so it adds nothing.</remarks>
internal static class MixtureKernels
{
    /// <summary>Turns log densities into what each point owes to each component, times its weight, and says what it adds to the likelihood.</summary>
    /// <param name="share">By component: the log density of each point before, its share × weight after.</param>
    /// <param name="weights">The weight of each point.</param>
    /// <param name="likelihood">Takes weight × the log-likelihood of each point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Normalise(double[][] share, double[] weights, double[] likelihood)
    {
        if (!VectorMath.IsAccelerated)
        {
            NormalisePlain(share, weights, likelihood);
            return;
        }

        for (nuint i = 0; i < (nuint)weights.Length; i += FixedOrderSum.Lanes)
        {
            var most = Vector512.Create(double.NegativeInfinity);
            foreach (double[] component in share)
            {
                var density = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(component), i);
                most = Vector512.ConditionalSelect(Vector512.GreaterThan(density, most), density, most);
            }

            var sum = Vector512<double>.Zero;
            foreach (double[] component in share)
            {
                ref double first = ref MemoryMarshal.GetArrayDataReference(component);
                var likely = VectorMath.Exp(Vector512.LoadUnsafe(ref first, i) - most);
                likely.StoreUnsafe(ref first, i);
                sum += likely;
            }

            var weight = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(weights), i);
            (weight * (most + VectorMath.Log(sum))).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(likelihood), i);
            var factor = weight / sum;
            foreach (double[] component in share)
            {
                ref double first = ref MemoryMarshal.GetArrayDataReference(component);
                (Vector512.LoadUnsafe(ref first, i) * factor).StoreUnsafe(ref first, i);
            }
        }
    }

    /// <summary>The same in plain numbers.</summary>
    internal static void NormalisePlain(double[][] share, double[] weights, double[] likelihood)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            double most = double.NegativeInfinity;
            foreach (double[] component in share)
            {
                most = component[i] > most ? component[i] : most;
            }

            double sum = 0;
            foreach (double[] component in share)
            {
                component[i] = VectorMath.Exp(component[i] - most);
                sum += component[i];
            }

            likelihood[i] = weights[i] * (most + VectorMath.Log(sum));
            double factor = weights[i] / sum;
            foreach (double[] component in share)
            {
                component[i] *= factor;
            }
        }
    }

    /// <summary>Σ share·(x − centre) of one feature, or Σ share·(x − centre)·(y − centre) of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double Sum(double[] share, FeatureMatrix points, (int Feature, double Centre) first, (int Feature, double Centre)? second)
    {
        if (!VectorMath.IsAccelerated)
        {
            return SumPlain(share, points, first, second);
        }

        ref double values = ref MemoryMarshal.GetReference(points.PaddedValues);
        ref double x = ref Unsafe.Add(ref values, first.Feature * points.Stride);
        ref double s = ref MemoryMarshal.GetArrayDataReference(share);
        var centre = Vector512.Create(first.Centre);
        var lanes = Vector512<double>.Zero;
        if (second is not { } other)
        {
            for (nuint i = 0; i < (nuint)points.Stride; i += FixedOrderSum.Lanes)
            {
                lanes += Vector512.LoadUnsafe(ref s, i) * (Vector512.LoadUnsafe(ref x, i) - centre);
            }

            return FixedOrderSum.OfLanes(lanes);
        }

        ref double y = ref Unsafe.Add(ref values, other.Feature * points.Stride);
        var otherCentre = Vector512.Create(other.Centre);
        for (nuint i = 0; i < (nuint)points.Stride; i += FixedOrderSum.Lanes)
        {
            var product = (Vector512.LoadUnsafe(ref x, i) - centre) * (Vector512.LoadUnsafe(ref y, i) - otherCentre);
            lanes += Vector512.LoadUnsafe(ref s, i) * product;
        }

        return FixedOrderSum.OfLanes(lanes);
    }

    /// <summary>The same in plain numbers.</summary>
    internal static double SumPlain(double[] share, FeatureMatrix points, (int Feature, double Centre) first, (int Feature, double Centre)? second)
    {
        Span<double> lanes = stackalloc double[FixedOrderSum.Lanes];
        lanes.Clear();
        ReadOnlySpan<double> values = points.PaddedValues;
        for (int i = 0; i < points.Stride; i++)
        {
            double product = values[(first.Feature * points.Stride) + i] - first.Centre;
            if (second is { } other)
            {
                product *= values[(other.Feature * points.Stride) + i] - other.Centre;
            }

            lanes[i % FixedOrderSum.Lanes] += share[i] * product;
        }

        return FixedOrderSum.OfLanes(lanes);
    }
}
